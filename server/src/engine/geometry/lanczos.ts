import type { Random } from '../random';
import { ritzValues, type RitzValue } from './ritz-values';

/** u -> K u on float64 vectors, symmetric. */
export type HostOperator = (u: Float64Array) => Promise<Float64Array>;

/** What is left of a product, relative to the operator's size, once the basis spans an invariant space. */
const INVARIANT = 1e-6;

/**
 * Lanczos with full reorthogonalisation in float64, a step at a time. Where the basis spans an invariant space it goes on
 * from a random vector orthogonal to it, so that as many steps as the operator has rows diagonalise it, multiple
 * eigenvalues included.
 */
export class Lanczos {
  /** Orthonormal. */
  readonly basis: Float64Array[] = [];
  /** tr Q^T K Q for the basis Q. */
  trace = 0;
  /** |K Q|_F^2 = tr Q^T K^2 Q */
  squaredTrace = 0;
  private readonly diagonal: number[] = [];
  private readonly offDiagonal: number[] = [];
  private next: Float64Array;
  private scale = 0;

  constructor(
    private readonly operator: HostOperator,
    private readonly size: number,
    private readonly random: Random,
  ) {
    this.next = this.fresh();
  }

  /** Lengthens the basis by a vector; not beyond the operator's size. */
  async step(): Promise<void> {
    const vector = this.next;
    const product = await this.operator(vector);
    this.basis.push(vector);
    const alpha = dot(product, vector);
    this.diagonal.push(alpha);
    this.trace += alpha;
    this.squaredTrace += dot(product, product);
    orthogonalise(product, this.basis);
    const beta = Math.sqrt(dot(product, product));
    this.scale = Math.max(this.scale, Math.abs(alpha) + beta);
    const goesOn = beta > INVARIANT * this.scale;
    this.offDiagonal.push(goesOn ? beta : 0);
    if (goesOn) this.next = product.map((value) => value / beta);
    else if (this.basis.length < this.size) this.next = this.fresh();
  }

  /** The Ritz values, falling, each with a bound of its distance from an eigenvalue. */
  values(): { value: number; residual: number }[] {
    const beta = this.offDiagonal.at(-1) ?? 0;
    const found: RitzValue[] = ritzValues(this.diagonal, this.offDiagonal);
    return found.map(({ value, last }) => ({ value, residual: beta * Math.abs(last) }));
  }

  /** A random unit vector orthogonal to the basis. */
  private fresh(): Float64Array {
    const vector = Float64Array.from({ length: this.size }, () => this.random.normal());
    orthogonalise(vector, this.basis);
    const length = Math.sqrt(dot(vector, vector));
    return vector.map((value) => value / length);
  }
}

/** Removes the components along the basis, twice, as one pass leaves rounding behind. */
export function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const component = dot(vector, direction);
      for (let i = 0; i < vector.length; i++) vector[i]! -= component * direction[i]!;
    }
  }
}

/** a.b in float64. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

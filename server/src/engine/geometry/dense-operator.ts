import type { HostOperator } from './lanczos';

/** A symmetric operator written out: exact traces and counts for as many products as it has rows. */
export class DenseOperator {
  private constructor(
    private readonly size: number,
    /** Row-major, [size, size]. */
    private readonly entries: Float64Array,
  ) {}

  /** Writes an operator out, column by column, and takes the mean of what should be equal. */
  static async of(operator: HostOperator, size: number): Promise<DenseOperator> {
    const entries = new Float64Array(size * size);
    const unit = new Float64Array(size);
    for (let column = 0; column < size; column++) {
      unit[column] = 1;
      const product = await operator(unit);
      unit[column] = 0;
      for (let row = 0; row < size; row++) {
        entries[row * size + column]! += product[row]! / 2;
        entries[column * size + row]! += product[row]! / 2;
      }
    }
    return new DenseOperator(size, entries);
  }

  /** tr K */
  get trace(): number {
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += this.entries[i * this.size + i]!;
    return sum;
  }

  /** tr K^2 */
  get squaredTrace(): number {
    return this.entries.reduce((sum, value) => sum + value ** 2, 0);
  }

  /** K u */
  readonly times: HostOperator = async (u) => {
    const { size, entries } = this;
    return Float64Array.from({ length: size }, (_, row) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += entries[row * size + i]! * u[i]!;
      return sum;
    });
  };

  /** How many eigenvalues are larger than a bound: the positive pivots of K - bound (Sylvester's law of inertia). */
  countAbove(bound: number): number {
    const { size } = this;
    const left = this.entries.slice();
    for (let i = 0; i < size; i++) left[i * size + i]! -= bound;
    let count = 0;
    for (let pivot = 0; pivot < size; pivot++) {
      const top = left.subarray(pivot * size, (pivot + 1) * size);
      const value = top[pivot]! || Number.MIN_VALUE;
      if (value > 0) count++;
      eliminate(left, top, value, { size, pivot });
    }
    return count;
  }
}

/** Takes a pivot's row from the upper triangle of the rows below. */
function eliminate(
  left: Float64Array,
  top: Float64Array,
  value: number,
  { size, pivot }: { size: number; pivot: number },
): void {
  for (let row = pivot + 1; row < size; row++) {
    const factor = top[row]! / value;
    if (factor === 0) continue;
    const from = row * size;
    for (let i = row; i < size; i++) left[from + i]! -= factor * top[i]!;
  }
}

/** Holds a network's derivative rules on a backend against central differences in float64. */
import { expect } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { outputsOf } from '../../server/src/engine/network/forward';
import type { ForwardContext } from '../../server/src/engine/network/layers/layer';
import { initialWeights, upload, type Network } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import { dot, minus, norm, times, transposed } from './dense-algebra';
import { ReferenceBackend } from './reference-backend';
import type { Matrix } from './reference-mlp';

const reference = new ReferenceBackend();
/** Truncation errors fall and rounding errors grow with it; both are about 1e-10 here. */
const STEP = 1e-5;

export interface Point {
  network: Network;
  weights: Float32Array;
  /** [samples, inputs] */
  inputs: Float32Array;
  samples: number;
  /** Whether batch norm takes the batch's statistics and dropout drops; its masks are the same each time. */
  training?: boolean;
}

/** A network at seeded weights, moved off their initial values so that nothing is 0 or 1 by accident. */
export function pointOf(network: Network, name: string, options: Partial<Point> = {}): Point {
  const random = Random.of('point', name);
  const weights = initialWeights(network, random);
  for (const { name, role, offset, size } of network.layout.entries)
    for (let i = offset; i < offset + size; i++) {
      // Variances stay positive; means stay near 0, so that not all relus are dead.
      if (role === 'statistic' && name.endsWith('var')) weights[i] = 0.5 + random.next();
      else weights[i]! += 0.2 * random.normal();
    }
  const samples = options.samples ?? 3;
  const count = samples * network.inputs;
  const inputs = Float32Array.from({ length: count }, () => random.normal());
  return { network, weights, inputs, samples, ...options };
}

const contextOf = ({ training }: Point): ForwardContext['training'] =>
  training ? { random: Random.of('masks') } : undefined;

/** f(X, w) in float64, [samples * outputs]. */
export function referenceOutputs(point: Point, weights: ArrayLike<number> = point.weights) {
  const { network, samples, inputs } = point;
  const x = reference.tensor(inputs, [samples, network.inputs]);
  // The layout cuts float64 vectors just as it cuts float32 ones.
  const w = Float64Array.from(weights) as unknown as Float32Array;
  const training = contextOf(point);
  if (training) return reference.values(linearise(reference, network, w, x, training).outputs);
  return reference.values(outputsOf(reference, network, upload(reference, network, w), x));
}

/** J in float64, [samples * outputs][weights], statistics left at 0. */
export function referenceJacobian(point: Point): Matrix {
  const { network, weights } = point;
  const columns = Array.from(weights, () => undefined as number[] | undefined);
  for (const { role, offset, size } of network.layout.entries) {
    if (role === 'statistic') continue;
    for (let i = offset; i < offset + size; i++) columns[i] = column(point, i);
  }
  const none = new Array<number>(point.samples * network.outputs).fill(0);
  return transposed(columns.map((found) => found ?? none));
}

function column(point: Point, index: number): number[] {
  const direction = new Float64Array(point.weights.length);
  direction[index] = 1;
  return along(point, direction);
}

/** J v in float64, by a central difference. */
export function along(point: Point, direction: ArrayLike<number>): number[] {
  // Short whatever the direction's length, so that no relu bends on the way.
  const step = STEP / norm(direction);
  const moved = (factor: number) =>
    Float64Array.from(point.weights, (value, i) => value + factor * direction[i]!);
  const after = referenceOutputs(point, moved(step));
  const before = referenceOutputs(point, moved(-step));
  return minus(after, before).map((value) => value / (2 * step));
}

/** Forward, J v, J^T u and J J^T u on a backend, each within `tolerance` of the reference's norm. */
export async function expectDerivatives(
  backend: Backend,
  point: Point,
  jacobian: Matrix,
  tolerance: number,
) {
  const { network, samples, inputs, weights } = point;
  const random = Random.of('directions');
  const v = Float32Array.from(weights, () => random.normal());
  const shape = [samples, network.outputs];
  const u = Float32Array.from({ length: samples * network.outputs }, () => random.normal());
  await backend.scope(async () => {
    const x = backend.tensor(inputs, [samples, network.inputs]);
    const at = linearise(backend, network, weights, x, contextOf(point));
    const cotangent = backend.tensor(u, shape);
    const close = (found: Float32Array, expected: ArrayLike<number>) => {
      expect(norm(minus(found, expected))).toBeLessThanOrEqual(tolerance * norm(expected));
    };
    close(await backend.read(at.outputs), referenceOutputs(point));
    close(await backend.read(at.jvp(v)), times(jacobian, v));
    const back = times(transposed(jacobian), u);
    close(await at.vjp(cotangent), back);
    close(await backend.read(at.kernel(10)(cotangent)), times(jacobian, back));
  });
}

/** A direction within one array of weights, and J along it in float64. */
export interface Probe {
  name: string;
  direction: Float32Array;
  moved: number[];
}

/** A random direction within each array of weights that is learnt: what deep networks have instead of a whole J. */
export function probesOf(point: Point): Probe[] {
  const random = Random.of('probes');
  return point.network.layout.entries
    .filter(({ role }) => role !== 'statistic')
    .map(({ name, offset, size }) => {
      const direction = new Float32Array(point.weights.length);
      for (let i = offset; i < offset + size; i++) direction[i] = random.normal() / Math.sqrt(size);
      return { name, direction, moved: along(point, direction) };
    });
}

/** Forward, J v, J^T u and J J^T u on a backend, as far as probes can tell; each within `tolerance`. */
export async function expectProbes(
  backend: Backend,
  point: Point,
  probes: readonly Probe[],
  tolerance: number,
) {
  const { network, samples, inputs, weights } = point;
  const random = Random.of('cotangent');
  const u = Float32Array.from({ length: samples * network.outputs }, () => random.normal());
  await backend.scope(async () => {
    const x = backend.tensor(inputs, [samples, network.inputs]);
    const at = linearise(backend, network, weights, x, contextOf(point));
    const cotangent = backend.tensor(u, [samples, network.outputs]);
    const close = (found: ArrayLike<number>, expected: ArrayLike<number>, scale = norm(expected)) =>
      expect(norm(minus(found, expected))).toBeLessThanOrEqual(tolerance * scale);
    close(await backend.read(at.outputs), referenceOutputs(point));
    const back = await at.vjp(cotangent);
    for (const { direction, moved } of probes) {
      close(await backend.read(at.jvp(direction)), moved, Math.max(norm(moved), 1e-3));
      close([dot(back, direction)], [dot(u, moved)], norm(u) * Math.max(norm(moved), 1e-3));
    }
    close(await backend.read(at.kernel(10)(cotangent)), along(point, back));
  });
}

/** A network that only some weights move, against float64 references in which the others are left out. */
import { describe, expect, test } from 'vitest';
import type { Backend, Tensor } from '../../server/src/engine/backends/backend';
import { DISTANCES } from '../../server/src/engine/geometry/distances';
import { exactStep } from '../../server/src/engine/geometry/exact-step';
import { ofFreeWeights } from '../../server/src/engine/geometry/free-weights';
import { gramMatrix } from '../../server/src/engine/geometry/gram-matrix';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { writtenMetric } from '../../server/src/engine/geometry/metric';
import { solveDirectly } from '../../server/src/engine/geometry/solve-directly';
import { largestEigenvalues } from '../../server/src/engine/geometry/spectrum';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { isPrunable } from '../../server/src/engine/network/layout';
import { initialWeights, type Network } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { dot, eigenvalues, gram, relativeError, solve, times, transposed } from './dense-algebra';
import { logitsMetric } from './logits-metric';
import { batchJacobian } from './reference-mlp';

const SAMPLES = 12;
const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

/** About two thirds of the weights of matrices and filters are held at zero; biases are free. */
function holdSome({ layout }: Network, weights: Float32Array, random: Random): Float32Array {
  const free = new Float32Array(layout.size).fill(1);
  for (const { offset, size } of layout.entries.filter(isPrunable))
    for (let i = offset; i < offset + size; i++) if (random.next() < 0.65) free[i] = 0;
  free.forEach((isFree, i) => (weights[i] = (weights[i] ?? 0) * isFree));
  return free;
}

describe.each(backends)('an MLP with held zeros on $on', ({ backend }) => {
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [9, 6], activation: 'tanh', classes: 4 },
    [7],
  );
  const random = Random.of('free weights');
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const weights = initialWeights(network, random).map((value) => value + 0.05 * random.normal());
  const free = holdSome(network, weights, random);
  const inputs = normals(SAMPLES * 7);
  const xs = Array.from({ length: SAMPLES }, (_, i) =>
    Array.from(inputs.subarray(7 * i, 7 * i + 7)),
  );
  const whole = batchJacobian({ sizes: [7, 9, 6, 4], activation: 'tanh' }, weights, xs);
  const J = whole.map((row) => row.map((value, i) => value * (free[i] ?? 0)));
  const A = J.map((row) => row.map((value) => value / Math.sqrt(SAMPLES)));
  const K = gram(A);
  const lambda = 1e-3 * (eigenvalues(K)[0] ?? 0);
  const v = normals(network.layout.size).map((value, i) => 0.05 * value * (free[i] ?? 0));
  const u = normals(SAMPLES * 4);
  const drift = Array.from(normals(SAMPLES * 4), (value) => 0.01 * value);

  const within = <Result>(work: (inputs: Tensor) => Promise<Result>) =>
    backend.scope(() => work(backend.tensor(inputs, [SAMPLES, 7])));
  const masked = (x: Tensor) =>
    ofFreeWeights(backend, network, linearise(backend, network, weights, x), free);
  const asSamples = (values: ArrayLike<number>) =>
    backend.tensor(Float32Array.from(values), [SAMPLES, 4]);

  test('J M v and M J^T u equal the references', async () => {
    const any = normals(network.layout.size);
    const forward = await within((x) => backend.read(masked(x).jvp(any)));
    expect(relativeError(forward, times(J, any))).toBeLessThan(1e-5);
    const back = await within((x) => masked(x).vjp(asSamples(u)));
    expect(relativeError(back, times(transposed(J), u))).toBeLessThan(1e-5);
    back.forEach((value, i) => {
      if (free[i] === 0) expect(value).toBe(0);
    });
  });

  test('K u and the largest eigenvalue equal the references', async () => {
    const product = await within((x) =>
      backend.read(logitsMetric(backend, masked(x), 15).kernel(asSamples(u))),
    );
    expect(relativeError(product, times(K, u))).toBeLessThan(1e-5);
    const top = await within((x) => {
      const metric = logitsMetric(backend, masked(x), 15);
      const operator = (a: Tensor) => metric.kernel(a);
      return largestEigenvalues(backend, operator, [SAMPLES, 4], 20, Random.of('top'));
    });
    expect((top[0] ?? 0) / (eigenvalues(K)[0] ?? 0)).toBeCloseTo(1, 3);
  });

  test('the metric written out equals the reference', async () => {
    const written = await within((x) => {
      const linearisation = masked(x);
      const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
      return gramMatrix(backend, { network, linearisation, embedding });
    });
    expect(relativeError(written, K.flat())).toBeLessThan(1e-5);
  });

  test.each(['cg', 'gram'])('a step by %s is that of the free weights', async (method) => {
    const { theta, outputChange } = await within(async (x) => {
      const rule = { iterations: 300, tolerance: 1e-7 };
      const problem = { direction: v, damping: lambda, drift: asSamples(drift) };
      const linearisation = masked(x);
      if (method === 'cg') {
        const metric = logitsMetric(backend, linearisation, 15);
        return exactStep(backend, { ...problem, metric }, rule);
      }
      const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
      const matrix = await gramMatrix(backend, { network, linearisation, embedding });
      const metric = writtenMetric(backend, linearisation, embedding, matrix);
      return exactStep(backend, { ...problem, metric }, rule, (_, found) =>
        solveDirectly(backend, matrix, found),
      );
    });
    // theta = v + A^T z with (A A^T + lambda) z = d - A v, all of the masked A, in float64.
    const damped = K.map((row, i) => row.map((value, j) => value + (i === j ? lambda : 0)));
    const moved = times(A, v);
    const z = solve(
      damped,
      drift.map((d, i) => d - (moved[i] ?? 0)),
    );
    const pulled = times(transposed(A), z);
    const expected = Array.from(v, (value, i) => value + (pulled[i] ?? 0));
    expect(relativeError(theta, expected)).toBeLessThan(1e-3);
    const change = dot(times(A, expected), times(A, expected));
    expect(outputChange / change).toBeCloseTo(1, 2);
    theta.forEach((value, i) => {
      if (free[i] === 0) expect(value).toBe(0);
    });
  });
});

describe.each(backends)('a convolutional network with held zeros on $on', ({ backend }) => {
  const network = buildNetwork({ architecture: 'cnn4', width: 2, classes: 3 }, [8, 8, 2]);
  const random = Random.of('free filters');
  const weights = initialWeights(network, random);
  const free = holdSome(network, weights, random);
  const inputs = Float32Array.from({ length: 3 * 128 }, () => random.normal());

  test('applies the metric as J M J^T does, and writes out the same', async () => {
    const [products, written] = await backend.scope(async () => {
      const plain = linearise(backend, network, weights, backend.tensor(inputs, [3, 128]));
      const linearisation = ofFreeWeights(backend, network, plain, free);
      const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
      const matrix = await gramMatrix(backend, { network, linearisation, embedding });
      const metric = logitsMetric(backend, linearisation, 15);
      return [await columns(backend, plain, metric), matrix] as const;
    });
    expect(relativeError(products.kernel, products.byParts)).toBeLessThan(1e-4);
    expect(relativeError(written, products.byParts)).toBeLessThan(1e-4);
  });

  /** K by its columns: from the kernel, and from a product of J M with what M leaves of J^T. */
  async function columns(
    device: Backend,
    plain: ReturnType<typeof linearise>,
    metric: ReturnType<typeof logitsMetric>,
  ) {
    const [kernel, byParts]: [number[], number[]] = [[], []];
    for (let i = 0; i < 9; i++) {
      const unit = Float32Array.from({ length: 9 }, (_, j) => (i === j ? 1 : 0));
      kernel.push(...(await device.read(metric.kernel(device.tensor(unit, [3, 3])))));
      const back = await plain.vjp(device.tensor(unit, [3, 3]));
      const left = back.map((value, j) => (value * (free[j] ?? 0)) / 3);
      byParts.push(...(await device.read(plain.jvp(left))));
    }
    return { kernel, byParts };
  }
});

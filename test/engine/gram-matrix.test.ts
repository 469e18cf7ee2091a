/** The metric written out and factorised, against Jacobians in float64 and against conjugate gradients. */
import { describe, expect, test } from 'vitest';
import type { Backend, Tensor } from '../../server/src/engine/backends/backend';
import { cholesky, solveTriangular } from '../../server/src/engine/geometry/cholesky';
import { DISTANCES } from '../../server/src/engine/geometry/distances';
import { exactStep } from '../../server/src/engine/geometry/exact-step';
import { gramMatrix, isWrittenCheaply } from '../../server/src/engine/geometry/gram-matrix';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { outputMetric, writtenMetric } from '../../server/src/engine/geometry/metric';
import { solveDirectly } from '../../server/src/engine/geometry/solve-directly';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { bertMaskedLm } from '../../server/src/engine/network/architectures/bert';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { dot, gram, minus, norm, relativeError, solve, times, transposed } from './dense-algebra';
import { pointOf, referenceJacobian, type Point } from './derivatives';
import type { Matrix } from './reference-mlp';
import { smallConvolution } from './small-convolution';

const encoder = { width: 6, depth: 1, heads: 2, hidden: 5 };
const networks = {
  mlp: buildNetwork({ architecture: 'mlp', hidden: [9, 6], activation: 'tanh', classes: 4 }, [7]),
  convolutional: smallConvolution,
  attention: buildNetwork({ architecture: 'vit', ...encoder, patch: 2, classes: 3 }, [4, 4, 1]),
  'tied weights': bertMaskedLm({ ...encoder, vocabulary: 4, positions: 3 }, [2]),
};
type Name = keyof typeof networks;
const names = Object.keys(networks) as Name[];

function pointAt(name: Name): Point {
  const samples = name === 'mlp' ? 8 : 3;
  const tokens = Float32Array.from({ length: 2 * samples }, (_, i) => (i * i) % 4);
  const options = name === 'tied weights' ? { samples, inputs: tokens } : { samples };
  return pointOf(networks[name], `gram ${name}`, options);
}

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

describe.each(names)('of a network with %s', (name) => {
  const point = pointAt(name);
  const { network, samples } = point;
  const size = samples * network.outputs;
  const A = referenceJacobian(point).map((row) => row.map((value) => value / Math.sqrt(samples)));
  const K = gram(A);
  const random = Random.of('gram', name);
  const v = Float32Array.from(point.weights, () => 0.05 * random.normal());
  const u = Float32Array.from({ length: size }, () => random.normal());

  const within = <Result>(
    backend: Backend,
    work: (at: ReturnType<typeof linearise>) => Promise<Result>,
  ) =>
    backend.scope(() => {
      const x = backend.tensor(point.inputs, [samples, network.inputs]);
      return work(linearise(backend, network, point.weights, x));
    });

  describe.each(backends)('on $on', ({ backend }) => {
    const written = (distance: keyof typeof DISTANCES = 'logits') =>
      within(backend, async (linearisation) => {
        const embedding = DISTANCES[distance].embed(backend, linearisation.outputs);
        return gramMatrix(backend, { network, linearisation, embedding });
      });

    test('the matrix equals A A^T in float64', async () => {
      expect(relativeError(await written(), K.flat())).toBeLessThan(1e-5);
    });

    test('the matrix of a distance between probabilities equals its kernel', async () => {
      const matrix = await written('fisher');
      const product = await within(backend, async (linearisation) => {
        const embedding = DISTANCES.fisher.embed(backend, linearisation.outputs);
        const metric = outputMetric(backend, linearisation, 15, embedding);
        return backend.read(metric.kernel(backend.tensor(u, [samples, network.outputs])));
      });
      const rows = Array.from({ length: size }, (_, i) =>
        Array.from(matrix.subarray(i * size, (i + 1) * size)),
      );
      expect(relativeError(times(rows, u), Array.from(product))).toBeLessThan(1e-4);
    });

    test.each(name === 'mlp' ? [1, 1e-2, 1e-4] : [1e-2])(
      'the step of stiffness %f meets (g + lambda) theta = lambda v + A^T d and agrees with conjugate gradients',
      async (stiffness) => {
        const lambda = stiffness * Math.max(...K.map((row) => norm(row)));
        const drift = Array.from(u, (value) => 0.01 * value);
        const direct = await within(backend, async (linearisation) => {
          const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
          const matrix = await gramMatrix(backend, { network, linearisation, embedding });
          const metric = writtenMetric(backend, linearisation, embedding, matrix);
          const d = driftOn(backend, drift);
          const problem = { metric, direction: v, damping: lambda, drift: d };
          return exactStep(backend, problem, NO_RULE, (_, sample) =>
            solveDirectly(backend, matrix, sample),
          );
        });
        const iterated = await within(backend, (linearisation) => {
          const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
          const metric = outputMetric(backend, linearisation, 200, embedding);
          const d = driftOn(backend, drift);
          const problem = { metric, direction: v, damping: lambda, drift: d };
          return exactStep(backend, problem, { iterations: 400, tolerance: 1e-5 });
        });
        const pull = times(transposed(A), drift);
        const b = Array.from(v, (value, i) => lambda * value + pull[i]!);
        const left = times(transposed(A), times(A, direct.theta));
        const residual = minus(
          left.map((value, i) => value + lambda * direct.theta[i]!),
          b,
        );
        expect(norm(residual) / norm(b)).toBeLessThan(1e-3);
        const dense = denseStep(A, K, v, lambda, drift);
        expect(relativeError(direct.theta, dense)).toBeLessThan(1e-3);
        expect(relativeError(iterated.theta, Array.from(direct.theta))).toBeLessThan(5e-3);
        const change = times(A, dense);
        expect(direct.outputChange / dot(change, change)).toBeCloseTo(1, 2);
        expect(direct.relativeResidual).toBeLessThan(1e-5);
      },
    );

    test('its product on the device equals the kernel', async () => {
      const product = await within(backend, async (linearisation) => {
        const embedding = DISTANCES.logits.embed(backend, linearisation.outputs);
        const matrix = await gramMatrix(backend, { network, linearisation, embedding });
        const metric = writtenMetric(backend, linearisation, embedding, matrix);
        return backend.read(metric.kernel(backend.tensor(u, [samples, network.outputs])));
      });
      expect(relativeError(product, times(K, u))).toBeLessThan(1e-5);
    });
  });

  function driftOn(backend: Backend, drift: number[]): Tensor {
    return backend.tensor(Float32Array.from(drift), [samples, network.outputs]);
  }
});

/** A direct solution iterates nothing. */
const NO_RULE = { iterations: 0, tolerance: 0 };

/** theta = v + A^T (K + lambda)^-1 (d - A v), in float64. */
function denseStep(A: Matrix, K: Matrix, v: Float32Array, lambda: number, d: number[]): number[] {
  const damped = K.map((row, i) => row.map((value, j) => value + (i === j ? lambda : 0)));
  const pulled = times(transposed(A), solve(damped, minus(d, times(A, v))));
  return pulled.map((value, i) => value + v[i]!);
}

test('only networks of dense layers that see a sample once are written out cheaply', () => {
  const cheap = names.filter((name) => isWrittenCheaply(networks[name]));
  expect(cheap).toEqual(['mlp']);
});

describe('a factorisation', () => {
  const random = Random.of('cholesky');
  const size = 41;
  const factor = Array.from({ length: size }, () =>
    Array.from({ length: 20 }, () => random.normal()),
  );
  const matrix = gram(factor);
  const b = Array.from({ length: size }, () => random.normal());

  test('multiplies back to the damped matrix and solves with it', () => {
    const lower = cholesky(Float64Array.from(matrix.flat()), size, 0.5)!;
    const rows = matrix.map((_, i) => Array.from(lower.subarray(i * size, (i + 1) * size)));
    const damped = matrix.map((row, i) => row.map((value, j) => value + (i === j ? 0.5 : 0)));
    expect(relativeError(gram(rows).flat(), damped.flat())).toBeLessThan(1e-14);
    expect(relativeError(solveTriangular(lower, b), solve(damped, b))).toBeLessThan(1e-11);
  });

  test('of a matrix with a negative eigenvalue or with NaN does not exist', () => {
    expect(cholesky(Float64Array.from([1, 2, 2, 1]), 2, 0.5)).toBeUndefined();
    expect(cholesky(Float64Array.from([1, Number.NaN, Number.NaN, 1]), 2, 0)).toBeUndefined();
  });

  test('of a singular matrix without damping is made possible by a trace of it', async () => {
    const { backend } = backends[0]!;
    const values = Float64Array.from(matrix.flat());
    const right = times(matrix, b);
    const z = await backend.scope(async () => {
      const rightHandSide = backend.tensor(Float32Array.from(right), [size, 1]);
      const kernel = () => rightHandSide;
      const problem = { kernel, damping: Number.EPSILON, rightHandSide };
      const solution = await solveDirectly(backend, values, problem);
      return backend.read(solution.z);
    });
    expect(relativeError(times(matrix, z), right)).toBeLessThan(1e-3);
  });

  test('of what is no longer a number gives no number', async () => {
    const { backend } = backends[0]!;
    const z = await backend.scope(async () => {
      const rightHandSide = backend.tensor(Float32Array.of(1, 1), [2, 1]);
      const problem = { kernel: () => rightHandSide, damping: 1, rightHandSide };
      const matrix = Float64Array.from([Number.NaN, 0, 0, 1]);
      return backend.read((await solveDirectly(backend, matrix, problem)).z);
    });
    expect([...z]).toEqual([Number.NaN, Number.NaN]);
  });
});

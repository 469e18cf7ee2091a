/** The identities that every implementation of the method must satisfy, against float64 references. */
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../server/src/engine/backends/backend';
import { exactStep, type ExactStep } from '../../server/src/engine/geometry/exact-step';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { largestEigenvalues } from '../../server/src/engine/geometry/spectrum';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { initialWeights } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import {
  dot,
  eigenvalues,
  gram,
  minus,
  norm,
  relativeError,
  solve,
  times,
  transposed,
} from './dense-algebra';
import { batchJacobian, forward, type Matrix } from './reference-mlp';
import { logitsMetric } from './logits-metric';

const SAMPLES = 12;
const cases = (await backendsToTest()).flatMap((backend) =>
  (['relu', 'tanh'] as const).map((activation) => ({ on: backend.name, backend, activation })),
);

describe.each(cases)('an MLP with $activation on $on', ({ backend, activation }) => {
  const sizes = [7, 9, 6, 4];
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [9, 6], activation, classes: 4 },
    [7],
  );
  const random = Random.of('identities', activation);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const weights = initialWeights(network, random).map((value) => value + 0.05 * random.normal());
  const inputs = normals(SAMPLES * 7);
  const xs = Array.from({ length: SAMPLES }, (_, i) =>
    Array.from(inputs.subarray(7 * i, 7 * i + 7)),
  );
  const reference = { sizes, activation };
  const jacobian = batchJacobian(reference, weights, xs);
  const A = jacobian.map((row) => row.map((value) => value / Math.sqrt(SAMPLES)));
  const K = gram(A);
  const lambda = 1e-3 * (eigenvalues(K)[0] ?? 0);
  const v = normals(network.layout.size).map((value) => 0.05 * value);
  const u = normals(SAMPLES * 4);

  const within = <Result>(work: (inputs: Tensor) => Promise<Result>) =>
    backend.scope(() => work(backend.tensor(inputs, [SAMPLES, 7])));
  const theLinearisation = (x: Tensor) => linearise(backend, network, weights, x);
  const theMetric = (x: Tensor) => logitsMetric(backend, theLinearisation(x), 15);

  /** The exact step, by default solved as far as float32 goes. */
  const step = (
    options: { tolerance?: number; drift?: number[]; damping?: number } = {},
  ): Promise<ExactStep> =>
    within(async (x) => {
      const drift = options.drift && backend.tensor(Float32Array.from(options.drift), [SAMPLES, 4]);
      const problem = { metric: theMetric(x), direction: v, damping: options.damping ?? lambda };
      const rule = { iterations: 300, tolerance: options.tolerance ?? 1e-7 };
      return exactStep(backend, drift ? { ...problem, drift } : problem, rule);
    });

  test('the forward pass equals the reference', async () => {
    const outputs = await within((x) => backend.read(theLinearisation(x).outputs));
    expect(
      relativeError(
        outputs,
        xs.flatMap((x) => forward(reference, weights, x)),
      ),
    ).toBeLessThan(1e-5);
  });

  test('J v equals the reference', async () => {
    const product = await within((x) => backend.read(theLinearisation(x).jvp(v)));
    expect(relativeError(product, times(jacobian, v))).toBeLessThan(1e-5);
  });

  test('J^T u equals the reference', async () => {
    const product = await within((x) => theLinearisation(x).vjp(backend.tensor(u, [SAMPLES, 4])));
    expect(relativeError(product, times(transposed(jacobian), u))).toBeLessThan(1e-5);
  });

  test('<u, J v> = <J^T u, v>', async () => {
    const [jv, jtu] = await within(async (x) => {
      const linearisation = theLinearisation(x);
      const product = await backend.read(linearisation.jvp(v));
      return [product, await linearisation.vjp(backend.tensor(u, [SAMPLES, 4]))] as const;
    });
    expect(Math.abs(dot(u, jv) - dot(jtu, v))).toBeLessThan(1e-5 * norm(u) * norm(jv));
  });

  test.each([1, 1000])('K u equals the reference when prepared for %i uses', async (uses) => {
    const product = await within(async (x) => {
      const metric = logitsMetric(backend, theLinearisation(x), uses);
      return backend.read(metric.kernel(backend.tensor(u, [SAMPLES, 4])));
    });
    expect(relativeError(product, times(K, u))).toBeLessThan(1e-5);
  });

  test('the metric is symmetric and positive semi-definite', async () => {
    const w = normals(network.layout.size);
    const g = (vector: Float32Array) =>
      within(async (x) => {
        const metric = theMetric(x);
        return metric.applyTransposed(metric.apply(vector));
      });
    const [gv, gw] = [await g(v), await g(w)];
    expect(Math.abs(dot(w, gv) - dot(v, gw))).toBeLessThan(1e-5 * norm(w) * norm(gv));
    expect(dot(v, gv)).toBeGreaterThanOrEqual(0);
  });

  test.each([1e-2, 1e-3, 1e-4])(
    'the step meets (g + lambda) theta = lambda v to the tolerance %f, relative to the first residual g v',
    async (tolerance) => {
      const { theta, relativeResidual } = await step({ tolerance });
      const g = (vector: ArrayLike<number>) => times(transposed(A), times(A, vector));
      const left = g(theta).map((value, i) => value + lambda * (theta[i] ?? 0));
      const residual = minus(
        left,
        Array.from(v, (value) => lambda * value),
      );
      expect(norm(residual) / norm(g(v))).toBeLessThan(1.1 * tolerance);
      expect(relativeResidual).toBeLessThanOrEqual(tolerance);
      expect(dot(theta, v)).toBeGreaterThan(0);
      expect(norm(theta)).toBeLessThanOrEqual(norm(v));
    },
  );

  test('conjugate gradients agree with a dense solution, with and without correction', async () => {
    const drift = Array.from(normals(SAMPLES * 4), (value) => 0.01 * value);
    for (const d of [undefined, drift]) {
      const { theta, outputChange } = await step(d ? { drift: d } : {});
      const expected = denseStep(A, K, v, lambda, d);
      expect(relativeError(theta, expected)).toBeLessThan(1e-3);
      const change = dot(times(A, expected), times(A, expected));
      expect(Math.abs(outputChange / change - 1)).toBeLessThan(0.01);
    }
  });

  test('fewer iterations never leave more function change than the plain step', async () => {
    const plain = dot(times(A, v), times(A, v));
    let before = plain;
    for (const tolerance of [0.5, 0.1, 1e-3]) {
      const { theta } = await step({ tolerance });
      const change = dot(times(A, theta), times(A, theta));
      expect(change).toBeLessThanOrEqual(before * (1 + 1e-5));
      before = change;
    }
    expect(before).toBeLessThan(0.05 * plain);
  });

  test('the step changes the outputs less than a gradient step of equal length', async () => {
    const { theta } = await step();
    const factor = norm(theta) / norm(v);
    const plain = times(
      A,
      v.map((value) => value * factor),
    );
    expect(dot(times(A, theta), times(A, theta))).toBeLessThan(dot(plain, plain));
  });

  test('a stiffness towards infinity gives the plain step', async () => {
    const { theta } = await step({ damping: 1e6 });
    expect(relativeError(theta, v)).toBeLessThan(1e-4);
  });

  test('the largest eigenvalues agree with a dense eigendecomposition', async () => {
    const found = await within((x) => {
      const metric = theMetric(x);
      return largestEigenvalues(
        backend,
        (y) => metric.kernel(y),
        [SAMPLES, 4],
        30,
        Random.of('lanczos'),
      );
    });
    eigenvalues(K)
      .slice(0, 5)
      .forEach((value, i) => expect(Math.abs((found[i] ?? 0) / value - 1)).toBeLessThan(1e-3));
  });

  test.runIf(activation === 'tanh')(
    'the finite output change tends to theta^T g theta',
    async () => {
      const { theta } = await step();
      const shrunk = theta.map((value) => (1e-3 * value) / norm(theta));
      const moved = weights.map((value, i) => value + (shrunk[i] ?? 0));
      // The float32 sum w + theta is what moves the network; theta itself is rounded in it.
      const real = minus(moved, weights);
      const change = xs.map(
        (x) => norm(minus(forward(reference, moved, x), forward(reference, weights, x))) ** 2,
      );
      const mean = change.reduce((a, b) => a + b, 0) / SAMPLES;
      const predicted = dot(times(A, real), times(A, real));
      expect(Math.abs(mean / predicted - 1)).toBeLessThan(0.01);
    },
  );
});

/** theta = v + A^T (K + lambda)^-1 (d - A v), in float64. */
function denseStep(
  A: Matrix,
  K: Matrix,
  v: Float32Array,
  lambda: number,
  drift?: number[],
): number[] {
  const b = times(A, v).map((value, i) => (drift?.[i] ?? 0) - value);
  const damped = K.map((row, i) => row.map((value, j) => value + (i === j ? lambda : 0)));
  const pulled = times(transposed(A), solve(damped, b));
  return pulled.map((value, i) => value + (v[i] ?? 0));
}

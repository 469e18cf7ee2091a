/** The engine against PyTorch in float64, from the committed fixture (see test/parity). */
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../server/src/engine/backends/backend';
import { exactStep } from '../../server/src/engine/geometry/exact-step';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { largestEigenvalues } from '../../server/src/engine/geometry/spectrum';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { crossEntropy } from '../../server/src/engine/path/cross-entropy';
import { createOptimizer } from '../../server/src/engine/path/optimizers';
import { Random } from '../../server/src/engine/random';
import type { Optimizer } from '../../server/src/spec/experiment';
import fixture from '../fixtures/parity/mlp.json';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';
import { adamDefaults, sgdDefaults } from './optimizer-defaults';
import { logitsMetric } from './logits-metric';

const cases = (await backendsToTest()).flatMap((backend) =>
  fixture.networks.map((net) => ({ on: backend.name, activation: net.activation, backend, net })),
);

describe.each(cases)('the network with $activation on $on', ({ backend, net }) => {
  const activation = net.activation as 'relu' | 'tanh';
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [5, 4], activation, classes: 3 },
    [6],
  );
  const weights = Float32Array.from(net.flat);
  const v = Float32Array.from(net.v);
  const matrix = (rows: number[][]) => backend.tensor(Float32Array.from(rows.flat()), [8, 3]);
  const at = <Result>(work: (x: Tensor) => Promise<Result>) =>
    backend.scope(() => work(backend.tensor(Float32Array.from(net.inputs.flat()), [8, 6])));

  test('names and orders its weights as the fixture does', () => {
    const names = network.layout.entries.map(({ name, shape }) => ({ name, shape: [...shape] }));
    expect(names).toEqual(net.tensors.map(({ name, shape }) => ({ name, shape })));
    expect(net.tensors.flatMap(({ values }) => values)).toEqual(net.flat);
  });

  test('outputs, J v, J^T u and g v', async () => {
    await at(async (x) => {
      const linearisation = linearise(backend, network, weights, x);
      const metric = logitsMetric(backend, linearisation, 15);
      expect(
        relativeError(await backend.read(linearisation.outputs), net.outputs.flat()),
      ).toBeLessThan(1e-5);
      expect(relativeError(await backend.read(linearisation.jvp(v)), net.jv.flat())).toBeLessThan(
        1e-5,
      );
      expect(relativeError(await linearisation.vjp(matrix(net.u)), net.jtu)).toBeLessThan(1e-5);
      expect(relativeError(await metric.applyTransposed(metric.apply(v)), net.gv)).toBeLessThan(
        1e-5,
      );
    });
  });

  test('the kernel K, column by column, and its largest eigenvalues', async () => {
    await at(async (x) => {
      const metric = logitsMetric(backend, linearise(backend, network, weights, x), 15);
      for (const [j, row] of net.gram.entries()) {
        const unit = new Float32Array(24);
        unit[j] = 1;
        const column = await backend.read(metric.kernel(backend.tensor(unit, [8, 3])));
        expect(relativeError(column, row)).toBeLessThan(1e-5);
      }
      const operator = (u: Tensor) => metric.kernel(u);
      const found = await largestEigenvalues(backend, operator, [8, 3], 24, Random.of('parity'));
      expect(relativeError(found.slice(0, 5), net.eigenvalues)).toBeLessThan(1e-4);
    });
  });

  test('the exact step with correction', async () => {
    await at(async (x) => {
      const linearisation = linearise(backend, network, weights, x);
      const metric = logitsMetric(backend, linearisation, 15);
      const drift = backend.tensor(Float32Array.from(net.step.d), [8, 3]);
      const problem = { metric, direction: v, damping: net.step.lambda, drift };
      const { theta } = await exactStep(backend, problem, { iterations: 100, tolerance: 1e-6 });
      expect(relativeError(theta, net.step.theta)).toBeLessThan(1e-4);
    });
  });

  test('the loss and its gradient', async () => {
    await at(async (x) => {
      const linearisation = linearise(backend, network, weights, x);
      const logits = await backend.read(linearisation.outputs);
      const { loss, cotangent } = crossEntropy(logits, Int32Array.from(net.labels));
      expect(Math.abs(loss / net.loss - 1)).toBeLessThan(1e-5);
      const gradient = await linearisation.vjp(backend.tensor(cotangent, [8, 3]));
      expect(relativeError(gradient, net.gradient)).toBeLessThan(1e-5);
    });
  });
});

describe('five updates', () => {
  const { sgd, adam, adamw } = fixture.optimizers;
  const cases: [Optimizer, { start: number[]; gradients: number[][]; weights: number[][] }][] = [
    [
      {
        ...sgdDefaults,
        type: 'sgd',
        learning_rate: sgd.options.lr,
        momentum: sgd.options.momentum,
      },
      sgd,
    ],
    [{ ...adamDefaults, type: 'adam', learning_rate: adam.options.lr }, adam],
    [
      {
        ...adamDefaults,
        type: 'adamw',
        learning_rate: adamw.options.lr,
        weight_decay: adamw.options.weight_decay,
      },
      adamw,
    ],
  ];

  test.each(cases)('of $type', (spec, { start, gradients, weights }) => {
    const moved = Float32Array.from(start);
    const optimizer = createOptimizer(spec, moved.length, { updates: 5 });
    gradients.forEach((gradient, i) => {
      optimizer.update(moved, Float32Array.from(gradient));
      expect(relativeError(moved, weights[i] ?? [])).toBeLessThan(1e-6);
    });
  });

  test.each(cases)(
    'of $type, interrupted and restored after the second',
    (spec, { start, gradients, weights }) => {
      const moved = Float32Array.from(start);
      let optimizer = createOptimizer(spec, moved.length, { updates: 5 });
      gradients.forEach((gradient, i) => {
        if (i === 2) {
          const state = optimizer.state();
          optimizer = createOptimizer(spec, moved.length, { updates: 5 });
          optimizer.restore(state, 2);
        }
        optimizer.update(moved, Float32Array.from(gradient));
      });
      expect(relativeError(moved, weights[4] ?? [])).toBeLessThan(1e-6);
    },
  );
});

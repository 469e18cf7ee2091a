/** Attacks hold their limits and raise the loss; the gradient by the inputs is that of float64 differences. */
import { describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import { linearise } from '../../../server/src/engine/geometry/linearisation';
import type { AttackLimits } from '../../../server/src/engine/metrics/attacks/attack';
import { checkpointsOf } from '../../../server/src/engine/metrics/attacks/autopgd';
import { ATTACKS } from '../../../server/src/engine/metrics/attacks/attacks';
import {
  averagedAnswers,
  averagedLoss,
} from '../../../server/src/engine/metrics/attacks/averaged-loss';
import { limitsOf } from '../../../server/src/engine/metrics/measure-attack';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import type { Network } from '../../../server/src/engine/network/network';
import { Random } from '../../../server/src/engine/random';
import type { Model } from '../../../server/src/spec/experiment';
import { pointOf, referenceOutputs } from '../derivatives';
import { dot, norm } from '../dense-algebra';

const backend = await loadWasmBackend({ threads: 1 });
const KINDS = ['fgsm', 'pgd', 'autopgd'] as const;

const smooth: [Model, number[]][] = [
  [{ architecture: 'mlp', hidden: [9, 6], activation: 'tanh', classes: 4 }, [5, 4, 1]],
  [{ architecture: 'vit', patch: 4, width: 16, depth: 2, heads: 2, classes: 3 }, [8, 8, 1]],
];
const others: [Model, number[]][] = [
  [{ architecture: 'lenet5', classes: 4 }, [16, 16, 1]],
  [{ architecture: 'resnet18', width: 4, classes: 3 }, [16, 16, 3]],
];

describe.each([...smooth, ...others])('the gradient by the inputs of %o', (model, shape) => {
  test('is that of float64 differences', async () => {
    const network = buildNetwork(model, shape);
    const point = pointOf(network, 'inputs');
    const random = Random.of('cotangent');
    const outputs = point.samples * network.outputs;
    const u = Float32Array.from({ length: outputs }, () => random.normal());
    const found = await backend.scope(async () => {
      const x = backend.tensor(point.inputs, [point.samples, network.inputs]);
      const place = linearise(backend, network, point.weights, x);
      return backend.read(place.inputVjp(backend.tensor(u, [point.samples, network.outputs])));
    });
    expect(norm(found)).toBeGreaterThan(0);
    for (let trial = 0; trial < 3; trial++) {
      const direction = Float64Array.from(point.inputs, () => random.normal());
      // Short, so that no relu bends on the way.
      const at = (step: number) => {
        const inputs = Float64Array.from(point.inputs, (x, i) => x + step * direction[i]!);
        return referenceOutputs({ ...point, inputs: inputs as unknown as Float32Array });
      };
      const [ahead, behind] = [at(1e-6), at(-1e-6)];
      const slope = ahead.reduce((sum, y, i) => sum + (u[i]! * (y - behind[i]!)) / 2e-6, 0);
      const scale = norm(found) * norm(direction);
      expect(Math.abs(dot(found, direction) - slope) / scale).toBeLessThan(1e-5);
    }
  });
});

test('a network that reads tokens has none', async () => {
  const model: Model = {
    ...{ architecture: 'bert', vocabulary: 20, width: 8, depth: 1, heads: 2, positions: 6 },
    classes: 2,
  };
  const network = buildNetwork(model, [6]);
  const { weights } = pointOf(network, 'tokens');
  await backend.scope(async () => {
    const x = backend.tensor(new Float32Array(6).fill(3), [1, 6]);
    const place = linearise(backend, network, weights, x);
    expect(() => place.inputVjp(place.outputs)).toThrow(/numbers of tokens/);
    await Promise.resolve();
  });
});

describe('attacks', () => {
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [12], activation: 'relu', classes: 3 },
    [6, 5, 1],
  );
  const point = pointOf(network, 'attacked', { samples: 40 });
  const inputs = point.inputs.map((value) => 1 / (1 + Math.exp(-value)));
  const random = Random.of('labels');
  const labels = Int32Array.from({ length: 40 }, () => Math.floor(3 * random.next()));
  const loss = averagedLoss({ backend, network }, [point.weights], labels);
  const limits: AttackLimits = { epsilon: 0.1, low: 0, high: 1, steps: 20, stepSize: 0.025 };
  const attack = (kind: (typeof KINDS)[number]) =>
    ATTACKS[kind](loss, inputs, limits, Random.of('attack'));
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;

  test.each(KINDS)('%s stays within its limits, and is the same twice', async (kind) => {
    const changed = await attack(kind);
    changed.forEach((value, i) => {
      expect(Math.abs(value - inputs[i]!)).toBeLessThanOrEqual(0.1 + 1e-6);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    });
    expect(await attack(kind)).toEqual(changed);
  });

  test('the stronger ones raise the loss more', async () => {
    const losses = [mean((await loss(inputs)).losses)];
    for (const kind of KINDS) losses.push(mean((await loss(await attack(kind))).losses));
    const [clean = 0, fgsm = 0, pgd = 0, autopgd = 0] = losses;
    expect(fgsm).toBeGreaterThan(clean * 1.02);
    expect(pgd).toBeGreaterThan(fgsm - 1e-4);
    expect(autopgd).toBeGreaterThan(pgd - 1e-4);
  });

  test('of a linear network one signed step is the best there is', async () => {
    const linear = buildNetwork(
      {
        architecture: 'layers',
        layers: [{ type: 'flatten' }, { type: 'dense', units: 2 }],
        classes: 2,
      },
      [6, 5, 1],
    );
    const { weights } = pointOf(linear, 'linear');
    const two = labels.map((label) => label % 2);
    const its = averagedLoss({ backend, network: linear }, [weights], two);
    const best = (await its(await ATTACKS.fgsm(its, inputs, limits, random))).losses;
    for (const kind of ['pgd', 'autopgd'] as const) {
      const { losses } = await its(await ATTACKS[kind](its, inputs, limits, Random.of(kind)));
      losses.forEach((value, i) => expect(value).toBeLessThanOrEqual(best[i]! + 1e-5));
    }
  });

  test('a network that is very sure shows which way leads out all the same', async () => {
    const linear = buildNetwork(
      {
        architecture: 'layers',
        layers: [{ type: 'flatten' }, { type: 'dense', units: 2 }],
        classes: 2,
      },
      [6, 5, 1],
    );
    const { weights } = pointOf(linear, 'sure');
    // Two logits whose difference is 0 at the middle: the direction is the same however steep it is.
    const answers = averagedAnswers([await outputsOfLinear(linear, weights)], 40);
    const at = (scale: number) =>
      averagedLoss({ backend, network: linear }, [weights.map((w) => w * scale)], answers)(inputs);
    const [unsure, sure] = [await at(1), await at(4)];
    expect(Math.min(...sure.losses)).toBeGreaterThan(0);
    // Float32 has no difference between 1 and the probabilities of these answers.
    expect(sure.losses.filter((value) => value < 3e-8).length).toBeGreaterThan(5);
    for (let row = 0; row < 40; row++) {
      const rowOf = (gradient: Float32Array) => gradient.subarray(row * 30, (row + 1) * 30);
      const [a, b] = [rowOf(unsure.gradient), rowOf(sure.gradient)];
      expect(dot(a, b) / (norm(a) * norm(b))).toBeGreaterThan(1 - 1e-4);
    }
  });

  const outputsOfLinear = (network: Network, weights: Float32Array) =>
    backend.scope(() =>
      backend.read(linearise(backend, network, weights, backend.tensor(inputs, [40, 30])).outputs),
    );

  test('networks that answer together: the loss and its gradient are those of the mean', async () => {
    const other = point.weights.map((value, i) => value + 0.3 * Math.sin(i));
    const together = averagedLoss({ backend, network }, [point.weights, other], labels);
    const { gradient } = await together(inputs);
    const direction = inputs.map((_, i) => Math.cos(i));
    const at = async (step: number) => {
      const { losses } = await together(inputs.map((x, i) => x + step * direction[i]!));
      return losses.reduce((a, b) => a + b, 0);
    };
    const slope = ((await at(1e-2)) - (await at(-1e-2))) / 2e-2;
    expect(dot(gradient, direction) / slope).toBeCloseTo(1, 1);
    const alike = await averagedLoss(
      { backend, network },
      [point.weights, point.weights],
      labels,
    )(inputs);
    const alone = await loss(inputs);
    alike.gradient.forEach((value, i) => expect(value).toBeCloseTo(alone.gradient[i]!, 5));
  });

  test('answers are those of the mean probability', () => {
    const sure = Float32Array.of(0, 9, 0);
    const unsure = Float32Array.of(1, 0, 0.9);
    expect([...averagedAnswers([sure, unsure], 1)]).toEqual([1]);
    expect([...averagedAnswers([unsure], 1)]).toEqual([0]);
  });
});

test('AutoPGD judges its steps at 22 %, 41 %, 57 %, ... of them', () => {
  expect([...checkpointsOf(100).keys()].slice(0, 5)).toEqual([22, 41, 57, 70, 80]);
});

test('epsilon counts pixels, whatever the normalisation', () => {
  const spec = {
    on: 'x',
    kinds: [...KINDS],
    threats: [],
    epsilon: 0.1,
    samples: 1,
    steps: 5,
    step_size: 0.5,
  };
  const limits = limitsOf(spec, { mean: 0.25, deviation: 0.5 });
  expect(limits).toMatchObject({ low: -0.5, high: 1.5, steps: 5 });
  expect(limits.epsilon).toBeCloseTo(0.2, 12);
  expect(limits.stepSize).toBeCloseTo(0.1, 12);
});

/** Terms of losses against finite differences in float64, against each other, and against what `learn` computes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { initialWeights } from '../../../server/src/engine/network/network';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { lossGradient } from '../../../server/src/engine/path/loss-gradient';
import { OUTPUT_TERMS } from '../../../server/src/engine/path/losses/output-terms';
import { outputLoss } from '../../../server/src/engine/path/losses/output-loss';
import { logSoftmax } from '../../../server/src/engine/path/losses/sample-outputs';
import { fitGradient } from '../../../server/src/engine/path/objectives/fit';
import { Random } from '../../../server/src/engine/random';
import type { RunContext } from '../../../server/src/engine/run-context';
import type { Loss } from '../../../server/src/spec/experiment';

const K = 5;
const normals = (seed: number, scale = 2) => {
  const random = Random.of('losses', seed);
  return Float64Array.from({ length: K }, () => scale * random.normal());
};
const names = Object.keys(OUTPUT_TERMS) as (keyof typeof OUTPUT_TERMS)[];

function termAt(name: (typeof names)[number], outputs: Float64Array, temperature = 1.7) {
  const logProbabilities = logSoftmax(outputs);
  const probabilities = logProbabilities.map(Math.exp);
  const teacher = normals(99);
  const sample = { outputs, probabilities, logProbabilities, label: 2, teacher, temperature };
  return OUTPUT_TERMS[name](sample);
}

describe.each(names)('%s', (name) => {
  test('has the gradient that finite differences have', () => {
    for (let seed = 0; seed < 8; seed++) {
      const z = normals(seed);
      const { gradient } = termAt(name, z);
      for (let k = 0; k < K; k++) {
        const at = (h: number) =>
          termAt(
            name,
            z.map((value, i) => value + (i === k ? h : 0)),
          ).value;
        expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
      }
    }
  });

  test('stays finite where outputs are far apart, and has no gradient common to all classes', () => {
    const { value, gradient } = termAt(name, Float64Array.of(-900, 0, -300, 800, 20));
    expect([value, ...gradient].every(Number.isFinite)).toBe(true);
    expect(termAt(name, normals(3)).gradient.reduce((a, b) => a + b)).toBeCloseTo(0, 10);
  });
});

describe('terms by hand', () => {
  const even = new Float64Array(K);
  test('of even probabilities', () => {
    const value = (name: (typeof names)[number]) => termAt(name, even).value;
    expect(value('cross_entropy')).toBeCloseTo(Math.log(K), 12);
    expect(value('label_smoothing')).toBeCloseTo(Math.log(K), 12);
    expect(value('entropy')).toBeCloseTo(Math.log(K), 12);
    expect(value('squared_error')).toBeCloseTo(0.8 ** 2 + 4 * 0.2 ** 2, 12);
    expect(value('hinge')).toBeCloseTo(1, 12);
  });

  test('of a teacher: nothing where both agree, cross-entropy less entropy at temperature 1', () => {
    const teacher = normals(99);
    expect(termAt('distillation', teacher).value).toBeCloseTo(0, 12);
    expect(Math.hypot(...termAt('distillation', teacher).gradient)).toBeCloseTo(0, 12);
    const [p, q] = [logSoftmax(normals(1)), logSoftmax(teacher)];
    const cost = q.reduce((sum, log, k) => sum - Math.exp(log) * (p[k] ?? 0), 0);
    const entropy = q.reduce((sum, log) => sum - Math.exp(log) * log, 0);
    expect(termAt('distillation', normals(1), 1).value).toBeCloseTo(cost - entropy, 10);
  });
});

test('a loss is the weighted sum of its terms, the mean over samples', () => {
  const rows = [normals(1), normals(2), normals(3)].map((row) => Float32Array.from(row));
  const outputs = Float32Array.from(rows.flatMap((row) => [...row]));
  const batch = { outputs, labels: Int32Array.of(2, 2, 2), temperature: 1.7 };
  const { value, cotangent } = outputLoss({ cross_entropy: 0.9, label_smoothing: 0.1 }, batch);
  const one = (row: Float32Array) => {
    const z = Float64Array.from(row);
    return 0.9 * termAt('cross_entropy', z).value + 0.1 * termAt('label_smoothing', z).value;
  };
  expect(value).toBeCloseTo(
    rows.reduce((sum, row) => sum + one(row) / 3, 0),
    10,
  );
  // Labels smoothed by 0.1, as PyTorch has them: 0.9 + 0.02 for the label, 0.02 for the others.
  const p = logSoftmax(Float64Array.from(rows[1] ?? [])).map(Math.exp);
  for (let k = 0; k < K; k++)
    expect(cotangent[K + k]).toBeCloseTo(((p[k] ?? 0) - 0.02 - (k === 2 ? 0.9 : 0)) / 3, 6);
});

describe('the gradient in weight space', () => {
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [7], activation: 'tanh', classes: K },
    [4],
  );
  const weights = initialWeights(network, Random.of('weights'));
  const random = Random.of('inputs');
  const inputs = Float32Array.from({ length: 6 * 4 }, () => random.normal());
  const labels = Int32Array.of(0, 1, 2, 3, 4, 0);
  let context: RunContext;
  beforeAll(async () => {
    context = { backend: await loadWasmBackend({ threads: 1 }), network } as unknown as RunContext;
  });
  const fitted = (loss: Loss, teacher?: Float32Array) =>
    fitGradient({ loss, temperature: 2 }, context, weights, { inputs, labels }, teacher);

  test('of cross-entropy alone is that of `learn`', async () => {
    const data = { train: { count: 6, inputs, labels } } as unknown as DataSet;
    const learnt = await lossGradient(context, weights, data, Uint32Array.of(0, 1, 2, 3, 4, 5));
    const found = await fitted({ cross_entropy: 1 });
    expect(found.value).toBeCloseTo(learnt.value, 6);
    found.gradient.forEach((slope, i) => expect(slope).toBeCloseTo(learnt.gradient[i] ?? NaN, 6));
  });

  test('is that of finite differences for all terms together', async () => {
    const loss = {
      ...{ cross_entropy: 1, label_smoothing: 0.2, squared_error: 0.7, hinge: 0.3 },
      ...{ entropy: -0.4, distillation: 0.6, l1: 0.01, l2: 0.05 },
    };
    const teacher = initialWeights(network, Random.of('teacher'));
    const { gradient } = await fitted(loss, teacher);
    const length = Math.hypot(...gradient);
    const h = 1e-2;
    const moved = (by: number) => weights.map((w, i) => w + (by * (gradient[i] ?? 0)) / length);
    const value = async (by: number) => {
      const spec = { loss, temperature: 2 };
      return (await fitGradient(spec, context, moved(by), { inputs, labels }, teacher)).value;
    };
    const slope = ((await value(h)) - (await value(-h))) / (2 * h);
    expect(Math.abs(slope / length - 1)).toBeLessThan(2e-3);
  });

  test('of weights spares biases, and follows signs and sizes', async () => {
    const { value, gradient } = await fitted({ l1: 0.5, l2: 3 });
    let expected = 0;
    for (const { role, offset, size } of network.layout.entries)
      for (let i = offset; i < offset + size; i++) {
        const w = weights[i] ?? 0;
        if (role === 'kernel') expected += 0.5 * Math.abs(w) + 1.5 * w * w;
        const slope = role === 'kernel' ? 0.5 * Math.sign(w) + 3 * w : 0;
        expect(gradient[i]).toBeCloseTo(slope, 5);
      }
    expect(value).toBeCloseTo(expected, 4);
  });

  test('is nothing where the teacher is the network itself', async () => {
    const { value, gradient } = await fitted({ distillation: 1 }, weights);
    expect(value).toBeCloseTo(0, 6);
    expect(Math.hypot(...gradient)).toBeLessThan(1e-6);
  });
});

/** The weights that a run begins with, from models as Hugging Face's transformers saves them (see test/parity). */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EngineEvent, EngineHost } from '../../server/src/engine/host';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { firstWeights } from '../../server/src/engine/path/start-network';
import type { RunContext } from '../../server/src/engine/run-context';
import type { Experiment, Model } from '../../server/src/spec/experiment';
import { FIXTURES } from './network/published-networks';

const size = { width: 8, depth: 2, heads: 2, hidden: 12, classes: 3 };
const bert: Model = { architecture: 'bert', vocabulary: 20, positions: 7, ...size };
const vit: Model = { architecture: 'vit', patch: 4, ...size };

/** The first weights of a run that starts from a fixture, and the warnings that it gives. */
function begin(model: Model, fixture: string, inputShape: number[]) {
  const warnings: EngineEvent[] = [];
  const host: Partial<EngineHost> = {
    emit: (event) => warnings.push(event),
    resolvePath: (path) => join(FIXTURES, path),
  };
  const experiment: Partial<Experiment> = {
    seed: 1,
    model,
    start: { weights: `${fixture}/model.safetensors` },
  };
  const network = buildNetwork(model, inputShape);
  const weights = firstWeights({ experiment, network, host } as RunContext);
  return { weights, warnings };
}

test('a model with its head gives no warning', () => {
  const { weights, warnings } = begin(vit, 'vit', [8, 8, 2]);
  expect(warnings).toEqual([]);
  expect(weights.every((weight) => weight !== 0)).toBe(true);
});

test('an encoder without a head gets one, by the seed and with a warning', () => {
  const { weights, warnings } = begin(bert, 'bert-states', [5]);
  expect(begin(bert, 'bert-states', [5]).weights).toEqual(weights);
  expect(warnings).toMatchObject([
    {
      event: 'warning',
      code: 'fip/weights-drawn',
      pointer: '/start/weights',
      message: expect.stringContaining('`classifier.weight`, `classifier.bias` were drawn'),
    },
  ]);
});

test('a head for another purpose is left out with a warning', () => {
  const { warnings } = begin(bert, 'bert-masked-lm', [5]);
  expect(warnings.map((event) => 'code' in event && event.code)).toEqual([
    'fip/weights-drawn',
    'fip/weights-unused',
  ]);
  expect(warnings[1]).toMatchObject({
    message: expect.stringContaining('`cls.predictions.transform.dense.weight`'),
  });
});

test('another number of heads, which no shape shows, is an error', () => {
  const model: Model = { ...vit, heads: 4 };
  expect(() => begin(model, 'vit', [8, 8, 2])).toThrow(
    'The `config.json` beside `vit/model.safetensors` tells of another network: its `num_attention_heads` is 2 and ' +
      '`heads` is 4. Make `model` what the file says.',
  );
});

/** Networks in the folders that Hugging Face publishes: what lies there, which model it is, and how it is read. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineHost, NamedTensor } from '../../../server/src/engine/host';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { findWeights } from '../../../server/src/engine/network/find-weights';
import { viewOf } from '../../../server/src/engine/network/layout';
import { publishedModel } from '../../../server/src/engine/network/published-model';
import {
  decodeSafetensors,
  encodeSafetensors,
} from '../../../server/src/engine/network/safetensors';
import { tensorShapes } from '../../../server/src/engine/network/tensor-shapes';
import { firstWeights } from '../../../server/src/engine/path/start-network';
import type { RunContext } from '../../../server/src/engine/run-context';
import type { Experiment, Model } from '../../../server/src/spec/experiment';
import { loadExperiment } from '../../../server/src/spec/load-experiment';
import { FIXTURES } from './published-networks';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fip-published-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string | Uint8Array) =>
  writeFileSync(join(folder, name), content);

const configOf = (fixture: string): unknown =>
  JSON.parse(readFileSync(join(FIXTURES, fixture, 'config.json'), 'utf8'));

describe('the model that a config describes', () => {
  const size = { width: 8, depth: 2, heads: 2, hidden: 12, layer_norm_epsilon: 1e-12 };

  test.each([
    ['bert-states', { architecture: 'bert', vocabulary: 20, positions: 7, ...size, classes: 5 }],
    ['vit', { architecture: 'vit', patch: 4, ...size, classes: 5 }],
    ['deit', { architecture: 'deit', patch: 4, ...size, distilled: false, classes: 5 }],
    ['deit-with-teacher', { architecture: 'deit', patch: 4, ...size, distilled: true, classes: 5 }],
  ])('%s', (fixture, model) => {
    const found = publishedModel(configOf(fixture), 'config.json', 5);
    expect(found.model).toEqual(model);
    expect(found.image).toEqual(model.architecture === 'bert' ? undefined : [8, 8, 2]);
  });

  const bert = configOf('bert-states') as Record<string, unknown>;
  test.each([
    [undefined, 'is not there or holds no JSON object'],
    [{ ...bert, model_type: 'gpt2' }, 'a network of the kind "gpt2". Those that can be read are'],
    [{ hidden_size: 8 }, 'of the kind that it does not name (`model_type`)'],
    [{ ...bert, hidden_size: undefined }, 'has no `hidden_size`, and a whole number is needed'],
    [{ ...bert, num_hidden_layers: 1.5 }, 'has 1.5 as its `num_hidden_layers`'],
    [{ ...bert, num_attention_heads: 3 }, '`hidden_size` 8, which does not divide into 3 heads'],
    [{ ...bert, hidden_act: 'relu' }, 'has `hidden_act`: "relu", and networks here can only'],
    [{ ...bert, is_decoder: true }, 'has `is_decoder`: true'],
  ])('is none where the config is odd: %#', (config, message) => {
    expect(() => publishedModel(config, 'net/config.json', 2)).toThrow(message);
  });
});

describe('weights in a folder', () => {
  const { tensors } = decodeSafetensors(
    readFileSync(join(FIXTURES, 'bert-classifier/model.safetensors')),
  );

  /** The upper halves of the words of each number, which are its BF16, as a file of that type. */
  function inBrainFloats(part: readonly NamedTensor[]): Uint8Array {
    const header: Record<string, unknown> = {};
    const halves: number[] = [];
    for (const { name, shape, values } of part) {
      const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
      const begin = 2 * halves.length;
      halves.push(...Array.from(words, (word) => word >>> 16));
      header[name] = { dtype: 'BF16', shape, data_offsets: [begin, 2 * halves.length] };
    }
    const text = new TextEncoder().encode(JSON.stringify(header));
    const length = new Uint8Array(new BigUint64Array([BigInt(text.length)]).buffer);
    return Buffer.concat([length, text, new Uint8Array(Uint16Array.from(halves).buffer)]);
  }

  const index = (...names: string[]) =>
    JSON.stringify({ weight_map: Object.fromEntries(names.map((name, i) => [`t${i}`, name])) });

  /** The first weights of a run of this model that starts from the folder. */
  function begin(model: Model): Float32Array {
    const host: Partial<EngineHost> = { emit: () => undefined, resolvePath: () => folder };
    const experiment: Partial<Experiment> = { seed: 1, model, start: { weights: 'net' } };
    const network = buildNetwork(model, [5]);
    return firstWeights({ experiment, network, host } as RunContext);
  }

  test('in parts, one of them in half precision', async () => {
    const half = Math.floor(tensors.length / 2);
    write('one.safetensors', encodeSafetensors(tensors.slice(0, half)));
    write('two.safetensors', inBrainFloats(tensors.slice(half)));
    write('model.safetensors.index.json', index('two.safetensors', 'one.safetensors'));
    copyFileSync(join(FIXTURES, 'bert-classifier/config.json'), join(folder, 'config.json'));
    const { model } = publishedModel(configOf('bert-classifier'), 'config.json', 3);
    const weights = begin(model);
    const { layout } = buildNetwork(model, [5]);
    for (const [i, { name, shape, values }] of tensors.entries()) {
      const entry = layout.entries.find((candidate) => candidate.name === name);
      // Vectors and tables lie as in the file; the axes of matrices are turned.
      if (!entry || entry.role === 'kernel') continue;
      expect(entry.shape).toEqual(shape);
      const precision = i < half ? 0 : 2 ** -7;
      viewOf(entry, weights).forEach((weight, j) => {
        const value = values[j] ?? NaN;
        expect(Math.abs(weight - value)).toBeLessThanOrEqual(precision * Math.abs(value));
      });
    }
    const { files } = findWeights(folder, 'net');
    const shapes = await Promise.all(files.map((file) => tensorShapes(file, 'net')));
    expect(shapes.flat().map(({ name }) => name)).toEqual(tensors.map(({ name }) => name));
  });

  test.each([
    ['nothing', [], 'has neither `model.safetensors` nor `model.safetensors.index.json`'],
    ['a pickle', ['pytorch_model.bin'], '`net/pytorch_model.bin` is a file of PyTorch'],
    ['files of other names', ['a.safetensors'], 'such as `net/a.safetensors`'],
  ])('that has %s is refused', (_, names, message) => {
    for (const name of names) write(name, '');
    expect(() => findWeights(folder, 'net')).toThrow(message);
  });

  test.each(['../elsewhere.safetensors', 'a/b.safetensors', 'a.bin'])(
    'whose index leads to %s is refused',
    (name) => {
      write('model.safetensors.index.json', index(name));
      expect(() => findWeights(folder, 'net')).toThrow('is no index of safetensors files');
    },
  );

  test('a header that promises more than the file has is no reason to read on', async () => {
    write('long.safetensors', new Uint8Array(new BigUint64Array([90_000_000n]).buffer));
    await expect(tensorShapes(join(folder, 'long.safetensors'), 'long')).rejects.toThrow(
      'the file ends before that',
    );
  });
});

describe('a spec that leaves the model to the folder', () => {
  const spec = (length: number) => `fip: 1
name: published
data:
  reviews: {format: text, layout: lines, file: a.txt, tokenizer: net, max_length: ${length}}
model: {architecture: pretrained, classes: 3}
start: {weights: net, train: {on: reviews}}
measure: {spectrum: {samples: 9}}
`;

  async function check(fixture: string, length = 5) {
    const net = join(folder, 'net');
    mkdirSync(net);
    for (const name of ['config.json', 'model.safetensors'])
      copyFileSync(join(FIXTURES, fixture, name), join(net, name));
    write('a.txt', 'a a a\n'.repeat(20));
    write('net/vocab.txt', '[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n');
    const specPath = join(folder, 'x.fip.yaml');
    const { diagnostics, experiment } = await loadExperiment(spec(length), { specPath });
    return { errors: diagnostics.filter(({ severity }) => severity === 'error'), experiment };
  }

  test('gets its sizes, and may train on', async () => {
    const { errors, experiment } = await check('bert-classifier');
    expect(errors).toEqual([]);
    expect(experiment?.model).toMatchObject({ architecture: 'bert', width: 8, classes: 3 });
    expect(experiment?.start).toMatchObject({ weights: 'net', train: { on: 'reviews' } });
  });

  test('hears of texts that are longer than the positions', async () => {
    const { errors } = await check('bert-classifier', 8);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('has 7 positions and is given 8 tokens'),
    ]);
  });

  test('hears of data of another kind than the network reads', async () => {
    const { errors } = await check('vit');
    expect(errors.map(({ code }) => code)).toContain('fip/shape-mismatch');
    expect(errors[0]?.message).toContain('reads images of 8 x 8 x 2');
  });
});

/**
 * What a run gives leaves as it came: as a folder that transformers loads. The networks are those that transformers wrote and
 * computed itself (see test/parity): what is exported has its names, shapes and config, and gives its outputs.
 * FIP_PARITY_EXPORTED=FOLDER keeps the folders, for test/parity/check_exported.py.
 */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportNetwork } from '../../server/src/cli/export-network';
import type { EngineHost, NamedTensor } from '../../server/src/engine/host';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { outputsOf } from '../../server/src/engine/network/forward';
import { toNamedTensors } from '../../server/src/engine/network/layout';
import { upload } from '../../server/src/engine/network/network';
import { publishedModel } from '../../server/src/engine/network/published-model';
import { decodeSafetensors, encodeWeights } from '../../server/src/engine/network/safetensors';
import { tensorShapes } from '../../server/src/engine/network/tensor-shapes';
import { firstWeights } from '../../server/src/engine/path/start-network';
import type { RunContext } from '../../server/src/engine/run-context';
import { runFiles } from '../../server/src/runs/run-folder';
import type { Experiment, Model } from '../../server/src/spec/experiment';
import { FIXTURES } from '../engine/network/published-networks';
import { ReferenceBackend } from '../engine/reference-backend';

const KEPT = process.env['FIP_PARITY_EXPORTED'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fip-export-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const read = (path: string) => decodeSafetensors(readFileSync(path)).tensors;
const find = (tensors: NamedTensor[], name: string): NamedTensor => {
  const tensor = tensors.find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`There is no ${name}.`);
  return tensor;
};

/** The first weights of a run that starts from a folder. */
function begin(model: Model, inputShape: readonly number[], place: string): Float32Array {
  const host: Partial<EngineHost> = { emit: () => undefined, resolvePath: () => place };
  const experiment: Partial<Experiment> = { seed: 1, model, start: { weights: 'net' } };
  const network = buildNetwork(model, inputShape);
  return firstWeights({ experiment, network, host } as RunContext);
}

/** A run from a folder beside its spec, with its first network as its only checkpoint. */
function runFrom(model: Model, inputShape: readonly number[], data: Experiment['data'] = {}) {
  const run = join(folder, '.fip/runs/one');
  mkdirSync(join(run, 'weights'), { recursive: true });
  const weights = join(run, 'weights/start.safetensors');
  const { layout } = buildNetwork(model, inputShape);
  const first = begin(model, inputShape, join(folder, 'net'));
  writeFileSync(weights, encodeWeights(toNamedTensors(layout, first)));
  const experiment: Partial<Experiment> = { model, data, start: { weights: 'net' } };
  writeFileSync(runFiles(run).experiment, JSON.stringify(experiment));
  const facts = {
    ...{ run: 'one', nickname: 'one', name: 'one', uri: '', created: '', experimentHash: '' },
    specPath: join(folder, 'x.fip.yaml'),
    versions: { 'fip-lab': '0', node: '0' },
  };
  return { found: { folder: run, directory: folder, facts }, weights };
}

function publish(fixture: string): Record<string, unknown> {
  mkdirSync(join(folder, 'net'));
  for (const name of ['config.json', 'model.safetensors'])
    copyFileSync(join(FIXTURES, fixture, name), join(folder, 'net', name));
  return json(join(folder, 'net/config.json'));
}

describe.each(['bert-classifier', 'vit', 'deit', 'deit-with-teacher'])('%s', (fixture) => {
  test('is exported as transformers wrote it', async () => {
    const config = publish(fixture);
    const inputs = find(read(join(FIXTURES, fixture, 'expected.safetensors')), 'inputs');
    const inputShape = inputs.shape.slice(1);
    const { model } = publishedModel(config, 'config.json', 3);
    writeFileSync(join(folder, 'net/vocab.txt'), '[PAD]\n');
    const { found, weights } = runFrom(model, inputShape);
    const out = join(folder, 'out');
    const files = await exportNetwork(found, weights, out);
    expect(files).toEqual(['config.json', 'model.safetensors', 'vocab.txt']);

    expect(json(join(out, 'config.json'))).toMatchObject(config);
    const shapes = async (path: string) =>
      (await tensorShapes(path, 'file'))
        .map(({ name, type, shape }) => `${name} ${type} ${shape.join()}`)
        .sort();
    expect(await shapes(join(out, 'model.safetensors'))).toEqual(
      await shapes(join(FIXTURES, fixture, 'model.safetensors')),
    );
    if (KEPT) cpSync(out, join(KEPT, fixture), { recursive: true });
  });

  test('gives the outputs of transformers once it is read again', async () => {
    const config = publish(fixture);
    const expected = read(join(FIXTURES, fixture, 'expected.safetensors'));
    const inputs = find(expected, 'inputs');
    const inputShape = inputs.shape.slice(1);
    const { model } = publishedModel(config, 'config.json', 3);
    const { found, weights } = runFrom(model, inputShape);
    const out = join(folder, 'out');
    await exportNetwork(found, weights, out);
    const again = publishedModel(json(join(out, 'config.json')), 'config.json', 3);
    expect(again.model).toEqual(model);
    const network = buildNetwork(again.model, inputShape);
    const backend = new ReferenceBackend();
    const parameters = upload(backend, network, begin(again.model, inputShape, out));
    const count = inputs.shape[0] ?? 0;
    const given = backend.tensor(inputs.values, [count, network.inputs]);
    const outputs = await backend.read(outputsOf(backend, network, parameters, given));
    const { values } = find(expected, 'outputs');
    expect(outputs).toHaveLength(values.length);
    outputs.forEach((output, i) => expect(output).toBeCloseTo(values[i] ?? NaN, 4));
  });
});

describe('a network', () => {
  test('with other classes than it came with gets names for them', async () => {
    const config = publish('bert-states');
    const { model } = publishedModel(config, 'config.json', 5);
    const { found, weights } = runFrom(model, [5]);
    const out = join(folder, 'out');
    await exportNetwork(found, weights, out);
    const written = json(join(out, 'config.json'));
    expect(written['architectures']).toEqual(['BertForSequenceClassification']);
    expect(Object.keys(written['id2label'] as object)).toEqual(['0', '1', '2', '3', '4']);
    expect(Object.values(written['label2id'] as object)).toEqual([0, 1, 2, 3, 4]);
  });

  test('that came without a tokenizer gets that of the data', async () => {
    const config = publish('bert-classifier');
    writeFileSync(join(folder, 'tokenizer.json'), '{}');
    const { model } = publishedModel(config, 'config.json', 3);
    const texts = { format: 'text', layout: 'lines', file: 'a', tokenizer: 'tokenizer.json' };
    const data = { a: texts } as unknown as Experiment['data'];
    const { found, weights } = runFrom(model, [5], data);
    const files = await exportNetwork(found, weights, join(folder, 'out'));
    expect(files).toEqual(['config.json', 'model.safetensors', 'tokenizer.json']);
  });

  test('does not go into a folder where something else is', async () => {
    const { model } = publishedModel(publish('bert-classifier'), 'config.json', 3);
    const { found, weights } = runFrom(model, [5]);
    await expect(exportNetwork(found, weights, folder)).rejects.toThrow('is no empty folder');
  });
});

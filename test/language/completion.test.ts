import { describe, expect, test } from 'vitest';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { completion } from '../../server/src/language/completion';
import { parseSpec } from '../../server/src/spec/parse';
import { atCursor, check, validSpec } from './kit';

function complete(marked: string): CompletionItem[] {
  const { text, offset } = atCursor(marked);
  return completion(parseSpec(text), offset);
}

const labels = (marked: string) => complete(marked).map(({ label }) => label);

function inserted(marked: string, label: string): string | undefined {
  const item = complete(marked).find((candidate) => candidate.label === label);
  return (item?.textEdit as TextEdit | undefined)?.newText;
}

describe('keys', () => {
  test('on an empty line at the top: the keys that are not there yet', () => {
    expect(labels(`${validSpec}<|>`)).toEqual([
      'description',
      'seed',
      'backend',
      'measure',
      'compare',
    ]);
  });

  test('required keys come first and have documentation', () => {
    const items = complete('fip: 1\n<|>');
    expect(items.slice(0, 4).map(({ label }) => label)).toEqual(['name', 'data', 'model', 'start']);
    expect(items[0]?.sortText).toBe('000');
    expect(items[0]?.documentation).toMatchObject({ kind: 'markdown' });
  });

  test('a half-typed key', () => {
    const items = complete(`${validSpec}se<|>`);
    const seed = items.find(({ label }) => label === 'seed');
    expect(seed?.textEdit).toMatchObject({
      newText: 'seed: ${1:0}',
      range: { start: { line: 15, character: 0 }, end: { line: 15, character: 2 } },
    });
  });

  test('in braces: keys of the variant, without those that are there', () => {
    const found = labels(validSpec.replace('type: geodesic, steps: 10', 'type: geodesic, st<|>'));
    expect(found).toContain('steps');
    expect(found).toContain('stiffness');
    expect(found).not.toContain('type');
    expect(found).not.toContain('weight');
  });

  test('in nested lines', () => {
    const found = labels(
      validSpec.replace(
        '    solver: {type: geodesic, steps: 10}',
        '    solver:\n      type: penalty\n      <|>',
      ),
    );
    expect(found.slice(0, 1)).toEqual(['steps']);
    expect(found).toContain('weight');
  });

  test('while the variant is open, the key that chooses it', () => {
    expect(labels(validSpec.replace('{type: geodesic, steps: 10}', '{<|>}'))).toEqual(['type']);
  });

  test('in a list of mappings', () => {
    expect(labels(`${validSpec}  - <|>`)).toContain('metric');
    expect(labels('fip: 1\npath:\n  - <|>')).toEqual([
      'leg',
      'objective',
      'keep',
      'solver',
      'checkpoint_every',
      'zeros',
    ]);
  });

  test('start takes either key, or both', () => {
    expect(labels('fip: 1\nstart:\n  <|>')).toEqual(['train', 'weights']);
    expect(labels('fip: 1\nstart:\n  weights: x\n  <|>')).toEqual(['train']);
  });

  test('a key with a colon behind it is replaced alone', () => {
    expect(
      inserted(validSpec.replace('seed', 'x').replace('name: sp', 'na<|>me: sp'), 'name'),
    ).toBe('name');
  });

  test('a new data set needs a name of the user: nothing is proposed', () => {
    expect(labels('fip: 1\ndata:\n  <|>')).toEqual([]);
  });

  test('a mapping without required keys leaves room for one', () => {
    const spec = validSpec.replace(
      '{type: sparsify, target: 0.8}',
      '{type: fit, on: glyphs, lo<|>}',
    );
    expect(inserted(spec, 'loss')).toBe('loss: {${1:}}');
  });

  test('a mapping is inserted with its required keys', () => {
    expect(inserted('fip: 1\n<|>', 'path')).toBe(
      'path:\n  - leg: ${1:prune}\n    objective: {type: ${2|sparsify,learn,diversify,reach,fit|}}\n    keep:\n      on: ${3:glyphs}\n    solver: {type: ${4|geodesic,penalty|}}',
    );
  });
});

describe('values', () => {
  test('further lines of a snippet stand under the key, not under its dash', () => {
    expect(inserted('fip: 1\npath:\n  - <|>', 'keep')).toBe('keep:\n    on: ${1:glyphs}');
    expect(inserted('fip: 1\npath:\n  - leg: a\n    <|>', 'keep')).toBe('keep:\n  on: ${1:glyphs}');
  });

  test('enumerations and booleans', () => {
    expect(labels('fip: 1\nbackend: <|>')).toEqual(['auto', 'webgpu', 'tensorflow', 'wasm']);
    expect(labels('fip: 1\nbackend: w<|>')).toContain('wasm');
    expect(labels('data:\n  d: {format: glyphs, normalize: <|>}')).toEqual(['true', 'false']);
  });

  test('the value that chooses a variant brings its required keys', () => {
    expect(
      inserted(validSpec.replace('{type: geodesic, steps: 10}', '{type: <|>}'), 'geodesic'),
    ).toBe('geodesic, steps: ${1:60}');
    const nested = validSpec.replace(
      'solver: {type: geodesic, steps: 10}',
      'solver:\n      type: <|>',
    );
    expect(inserted(nested, 'penalty')).toBe('penalty\nsteps: ${1:60}');
    expect(inserted(validSpec.replace('type: geodesic,', 'type: <|>,'), 'penalty')).toBe('penalty');
  });

  test('in the place of a mapping with variants', () => {
    expect(inserted(validSpec.replace('{type: sparsify, target: 0.8}', '<|>'), 'sparsify')).toBe(
      '{type: sparsify, target: ${1:0.8}}',
    );
  });

  test('an optimiser and its schedule', () => {
    const within = (optimizer: string) =>
      validSpec.replace('epochs: 2}', `epochs: 2, optimizer: ${optimizer}}`);
    expect(labels(within('{type: sgd, <|>}'))).toEqual([
      'learning_rate',
      'momentum',
      'nesterov',
      'weight_decay',
      'clip_gradient_norm',
      'schedule',
    ]);
    expect(inserted(within('{type: adam, <|>}'), 'betas')).toBe('betas: [${1:0.9, 0.999}]');
    expect(inserted(within('{type: adam, <|>}'), 'schedule')).toBe(
      'schedule: {type: ${1|constant,cosine,linear,step|}}',
    );
    expect(inserted(within('{type: adam, schedule: {type: <|>}}'), 'step')).toBe(
      'step, every: ${1:30}',
    );
    expect(labels(within('{type: adam, schedule: {type: cosine, <|>}}'))).toEqual([
      'steps',
      'final',
      'warmup',
    ]);
  });

  test('names of data sets', () => {
    const two = validSpec.replace('data:\n', 'data:\n  letters: {format: glyphs}\n');
    expect(labels(two.replace('keep: {on: glyphs', 'keep: {on: <|>'))).toEqual([
      'letters',
      'glyphs',
    ]);
    expect(labels(two.replace('keep: {on: glyphs', 'keep: {on: [glyphs, <|>]'))).toEqual([
      'letters',
      'glyphs',
    ]);
    expect(
      labels(two.replace('keep: {on: glyphs, memory: 500}', 'keep:\n      on:\n        - <|>')),
    ).toEqual(['letters', 'glyphs']);
  });

  test('names of legs, and parts of the kept data', () => {
    expect(labels(`${validSpec}  - {metric: loss, at: <|>}`)).toEqual(['start', 'end', 'prune']);
    expect(labels(`${validSpec}  - {metric: output_distance, on: <|>}`)).toEqual([
      'glyphs',
      'held_out',
      'memory',
    ]);
  });
});

describe('elsewhere', () => {
  test('nothing in comments and in free text', () => {
    expect(labels(`${validSpec}# <|>`)).toEqual([]);
    expect(labels('fip: 1\nname: <|>')).toEqual([]);
  });

  test('an empty file gets a whole experiment', () => {
    expect(labels('<|>')).toEqual(['fip: 1']);
  });

  test('keys that follow in the same mapping are not proposed again', () => {
    const { text, offset } = atCursor(
      validSpec.replace(
        '{type: geodesic, steps: 10}',
        '\n      <|>type: geodesic\n      steps: 10',
      ),
    );
    const labels = completion(parseSpec(text), offset).map(({ label }) => label);
    expect(labels).toContain('type');
    expect(labels).not.toContain('steps');
  });

  test('what is broken in another section does no harm', () => {
    const { text, offset } = atCursor(
      validSpec.replace('epochs: 2}', 'epochs: 2').replace('at_least: 0.9', 'at_l<|>'),
    );
    const labels = completion(parseSpec(text), offset).map(({ label }) => label);
    expect(labels).toContain('at_least');
  });

  test('never throws, wherever the cursor is in a broken text', () => {
    const text = validSpec.replace('}', '').replace('keep:', 'keep');
    for (let offset = 0; offset <= text.length; offset += 5)
      expect(Array.isArray(completion(parseSpec(text), offset))).toBe(true);
  });
});

describe('names of weights', () => {
  const spec = validSpec.replace('target: 0.8', 'target: 0.8, exclude: [<|>]');

  async function offered(marked: string) {
    const { text, offset } = atCursor(marked);
    const checked = await check(text);
    return completion(checked.document, offset, checked.network);
  }

  test('layers and their weights, with how many numbers each holds', async () => {
    const items = await offered(spec);
    expect(items.map(({ label }) => label)).toEqual([
      ...['dense1', 'dense1.weight', 'dense2', 'dense2.weight', 'dense3', 'dense3.weight'],
    ]);
    expect(items[0]?.detail).toBe('12,000 weights');
  });

  test('in a list that is not closed yet, behind others, over what is typed', async () => {
    const items = await offered(spec.replace('[<|>]}', '[dense1, dense2.we<|>'));
    expect(items.map(({ label }) => label)).not.toContain('dense1');
    const item = items.find(({ label }) => label === 'dense2.weight');
    expect((item?.textEdit as TextEdit).newText).toBe('dense2.weight');
    const { range } = item?.textEdit as TextEdit;
    expect(range.end.character - range.start.character).toBe('dense2.we'.length);
  });

  test('a layer of several matrices stands for all of them', async () => {
    const deep = spec.replace(
      '{architecture: mlp, hidden: [30, 20], classes: 10}',
      '{architecture: resnet18, classes: 10}',
    );
    const items = await offered(deep);
    const found = (name: string) => items.find(({ label }) => label === name)?.detail;
    expect(found('layer1')).toBe('147,456 weights in 4 matrices');
    expect(found('layer1.0.conv1')).toBe('36,864 weights');
  });

  test('none while the network is not known', async () => {
    expect(await offered(spec.replace('mlp', 'mpl'))).toEqual([]);
  });
});

/** Weights under the names that libraries publish, and what a file lacks or has too much of. */
import { describe, expect, test } from 'vitest';
import type { NamedTensor } from '../../../server/src/engine/host';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { bertStates } from '../../../server/src/engine/network/architectures/bert';
import { toNamedTensors, viewOf } from '../../../server/src/engine/network/layout';
import { initialWeights, type Network } from '../../../server/src/engine/network/network';
import { weightsOfFile } from '../../../server/src/engine/network/weights-of-file';
import { Random } from '../../../server/src/engine/random';

const size = { width: 4, depth: 2, heads: 2, hidden: 6 };
const vit = buildNetwork({ architecture: 'vit', patch: 2, ...size, classes: 3 }, [4, 4, 1]);
const words = { ...size, vocabulary: 7, positions: 5 };
const bert = buildNetwork({ architecture: 'bert', ...words, classes: 3 }, [5]);

const saved = initialWeights(bert, Random.of('saved'));

function fill(network: Network, tensors: NamedTensor[]) {
  return weightsOfFile(network, tensors, 'model.safetensors', Random.of('drawn'));
}

function renamed(tensors: NamedTensor[], rename: (name: string) => string): NamedTensor[] {
  return tensors.map((tensor) => ({ ...tensor, name: rename(tensor.name) }));
}

/** What transformers 5 calls the modules of a vision transformer. */
const asModules = (name: string) =>
  name
    .replace('encoder.layer.', 'layers.')
    .replace('attention.output.dense', 'attention.o_proj')
    .replace(/attention\.attention\.(.)[a-z]+/, 'attention.$1_proj')
    .replace('intermediate.dense', 'mlp.fc1')
    .replace('output.dense', 'mlp.fc2');

describe('weights are found', () => {
  test('as TensorFlow named the norms of BERT', () => {
    const rename = (name: string) =>
      name
        .replace('LayerNorm.weight', 'LayerNorm.gamma')
        .replace('LayerNorm.bias', 'LayerNorm.beta');
    const { weights, drawn, unused } = fill(
      bert,
      renamed(toNamedTensors(bert.layout, saved), rename),
    );
    expect([weights, drawn, unused]).toEqual([saved, [], []]);
  });

  test('as transformers 5 names the modules of ViT, with and without its prefix', () => {
    const weights = initialWeights(vit, Random.of('saved'));
    const tensors = renamed(toNamedTensors(vit.layout, weights), asModules);
    expect(tensors.map(({ name }) => name)).toContain('vit.layers.1.attention.q_proj.weight');
    expect(fill(vit, tensors)).toEqual({ weights, drawn: [], unused: [] });
    const bare = renamed(tensors, (name) => name.replace('vit.', ''));
    expect(fill(vit, bare)).toEqual({ weights, drawn: [], unused: [] });
  });

  test('of an encoder in a file with a head, and the other way round', () => {
    const states = bertStates(words, [5]);
    const { weights, unused } = fill(states, toNamedTensors(bert.layout, saved));
    expect(unused).toEqual([
      'bert.pooler.dense.weight',
      'bert.pooler.dense.bias',
      'classifier.weight',
      'classifier.bias',
    ]);
    const back = fill(bert, toNamedTensors(states.layout, weights));
    expect(back.unused).toEqual([]);
    for (const entry of bert.layout.entries)
      if (!back.drawn.includes(entry.name))
        expect(viewOf(entry, back.weights)).toEqual(viewOf(entry, saved));
    expect(back.drawn).toEqual(unused);
    const fresh = initialWeights(bert, Random.of('drawn'));
    for (const entry of bert.layout.entries.filter(({ name }) => back.drawn.includes(name)))
      expect(viewOf(entry, back.weights)).toEqual(viewOf(entry, fresh));
  });

  test('beside counters and copies, which nobody misses', () => {
    const beside = (name: string) => ({ name, shape: [1], values: Float32Array.of(9) });
    const tensors = [
      ...toNamedTensors(bert.layout, saved),
      beside('bert.embeddings.position_ids'),
      beside('cls.predictions.decoder.weight'),
      beside('cls.seq_relationship.weight'),
    ];
    expect(fill(bert, tensors).unused).toEqual(['cls.seq_relationship.weight']);
  });
});

describe('weights are refused', () => {
  const tensors = toNamedTensors(bert.layout, saved);
  const without = (name: string) => tensors.filter((tensor) => tensor.name !== name);

  test.each([
    ['half a head', without('classifier.bias'), '`classifier.bias` of shape [3] is missing'],
    [
      'an encoder with a gap',
      without('bert.encoder.layer.1.output.LayerNorm.bias'),
      '`bert.encoder.layer.1.output.LayerNorm.bias` of shape [4] is missing',
    ],
    [
      'a head of other classes',
      [
        ...without('classifier.bias'),
        { name: 'classifier.bias', shape: [2], values: new Float32Array(2) },
      ],
      '`classifier.bias` has shape [2] instead of [3]',
    ],
    [
      'a tensor of another name',
      [...without('classifier.bias'), { name: 'odd', shape: [3], values: new Float32Array(3) }],
      '`odd` has no place',
    ],
  ])('of %s', (_, given, message) => {
    expect(() => fill(bert, given)).toThrow(message);
  });

  test('a network that is no encoder never gets a head drawn', () => {
    const vgg = buildNetwork({ architecture: 'vgg11', width: 1, classes: 2 }, [32, 32, 1]);
    const all = toNamedTensors(vgg.layout, initialWeights(vgg, Random.of('vgg')));
    const headless = all.filter(({ name }) => !name.startsWith('classifier.'));
    expect(() => fill(vgg, headless)).toThrow('`classifier.weight` of shape [2, 8] is missing');
  });
});

import { describe, expect, test } from 'vitest';
import { differencesFromConfig } from '../../../server/src/engine/network/published-config';
import type { Model } from '../../../server/src/spec/experiment';

const vit: Model = { architecture: 'vit', patch: 4, width: 8, depth: 2, heads: 2, classes: 3 };
const config = {
  model_type: 'vit',
  num_attention_heads: 2,
  num_hidden_layers: 2,
  hidden_size: 8,
  layer_norm_eps: 1e-12,
  hidden_act: 'gelu',
};

describe('a config.json beside the weights', () => {
  test('that fits has no differences', () => {
    expect(differencesFromConfig(vit, config)).toEqual([]);
    expect(
      differencesFromConfig(
        { ...vit, layer_norm_epsilon: 1e-6 },
        { ...config, layer_norm_eps: 1e-6 },
      ),
    ).toEqual([]);
  });

  test.each([
    [{ num_attention_heads: 4 }, 'its `num_attention_heads` is 4 and `heads` is 2'],
    [{ num_hidden_layers: 3 }, 'its `num_hidden_layers` is 3 and `depth` is 2'],
    [
      { layer_norm_eps: 1e-6 },
      'its `layer_norm_eps` is 0.000001 and `layer_norm_epsilon` is 1e-12',
    ],
    [{ hidden_act: 'gelu_new' }, 'its `hidden_act` is "gelu_new" and can only be gelu here'],
    [
      { position_embedding_type: 'relative_key' },
      'its `position_embedding_type` is "relative_key" and can only be absolute here',
    ],
  ])('with %o tells the difference', (change, sentence) => {
    expect(differencesFromConfig(vit, { ...config, ...change })).toEqual([sentence]);
  });

  test.each([[null], [[]], ['text'], [{}], [{ model_type: 'llama', num_attention_heads: 9 }]])(
    'of another kind (%o) is not compared',
    (other) => {
      expect(differencesFromConfig(vit, other)).toEqual([]);
    },
  );
});

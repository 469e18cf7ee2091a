import type { Model } from '../../spec/experiment';

type Encoder = Extract<Model, { architecture: 'vit' | 'deit' | 'bert' }>;

/**
 * What a `config.json` of Hugging Face says of an encoder, and what the model of a spec says. Shapes do not show the
 * number of heads, the epsilon or the activation: a network that differs there reads the weights and computes something else.
 */
const SETTINGS: readonly {
  config: string;
  key?: keyof Encoder;
  of: (model: Encoder) => unknown;
}[] = [
  { config: 'num_attention_heads', key: 'heads', of: ({ heads }) => heads },
  { config: 'num_hidden_layers', key: 'depth', of: ({ depth }) => depth },
  { config: 'hidden_size', key: 'width', of: ({ width }) => width },
  {
    config: 'layer_norm_eps',
    key: 'layer_norm_epsilon',
    of: ({ layer_norm_epsilon = 1e-12 }) => layer_norm_epsilon,
  },
  { config: 'hidden_act', of: () => 'gelu' },
  { config: 'position_embedding_type', of: () => 'absolute' },
];

/**
 * Where a model differs from the `config.json` beside its weights, as parts of a sentence. Nothing where the file is of
 * another library or architecture, or leaves a setting to its default.
 * @param config the content of the file
 */
export function differencesFromConfig(model: Model, config: unknown): string[] {
  if (!isEncoder(model) || !isObject(config) || config.model_type !== model.architecture) return [];
  return SETTINGS.flatMap(({ config: name, key, of }) => {
    const [theirs, ours] = [config[name], of(model)];
    if (theirs === undefined || theirs === null || theirs === ours) return [];
    const remedy =
      key === undefined ? `can only be ${String(ours)} here` : `\`${key}\` is ${String(ours)}`;
    return [`its \`${name}\` is ${JSON.stringify(theirs)} and ${remedy}`];
  });
}

/** What to say of these differences. */
export function configMessage(path: string, differences: readonly string[]): string {
  return (
    `The \`config.json\` beside \`${path}\` tells of another network: ${differences.join('; ')}. Make \`model\` ` +
    'what the file says.'
  );
}

function isEncoder(model: Model): model is Encoder {
  return ['vit', 'deit', 'bert'].includes(model.architecture);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The network that a `config.json` of Hugging Face describes, as a model of a spec. */
import type { BertModel, DeitModel, Model, VitModel } from '../../spec/experiment';
import { isRecord } from './find-weights';
import { WeightsProblem } from './weights-problem';

/** A published network, without its weights. */
export interface PublishedModel {
  model: Extract<Model, BertModel | VitModel | DeitModel>;
  /** The images that it reads, [height, width, channels]; none where it reads texts. */
  image?: readonly [number, number, number];
}

type Config = Readonly<Record<string, unknown>>;

/** A config, and how to speak of it. */
interface Source {
  config: Config;
  path: string;
}

const ARCHITECTURES: Readonly<Record<string, (source: Source, classes: number) => PublishedModel>> =
  { bert, vit, deit };

/** What can only be one way here, and is so where a config does not say it. */
const FIXED: readonly (readonly [key: string, value: unknown])[] = [
  ['hidden_act', 'gelu'],
  ['position_embedding_type', 'absolute'],
  ['is_decoder', false],
  ['add_cross_attention', false],
  ['qkv_bias', true],
  ['pad_token_id', 0],
];

/**
 * The model that a config describes, with a head of so many classes.
 * @param content what the file holds
 * @param path how the spec names the file
 * @throws WeightsProblem `fip/pretrained` where there is no such network here, or a size is missing
 */
export function publishedModel(content: unknown, path: string, classes: number): PublishedModel {
  if (!isRecord(content))
    throw new WeightsProblem(
      'fip/pretrained',
      `\`${path}\` is not there or holds no JSON object, so the network's sizes are not known. Name the folder that the ` +
        'network was published in, or write `bert`, `vit` or `deit` with its sizes.',
    );
  const type = content['model_type'];
  const known = Object.keys(ARCHITECTURES);
  const build = typeof type === 'string' && known.includes(type) ? ARCHITECTURES[type] : undefined;
  if (!build) {
    const kind = type === undefined ? 'that it does not name (`model_type`)' : JSON.stringify(type);
    throw new WeightsProblem(
      'fip/pretrained',
      `\`${path}\` describes a network of the kind ${kind}. Those that can be read are ` +
        `${known.map((name) => `\`${name}\``).join(', ')}.`,
    );
  }
  const source = { config: content, path };
  checkFixed(source);
  return build(source, classes);
}

function checkFixed({ config, path }: Source): void {
  for (const [key, value] of FIXED) {
    const theirs = config[key] ?? value;
    if (theirs === value) continue;
    throw new WeightsProblem(
      'fip/pretrained',
      `\`${path}\` has \`${key}\`: ${JSON.stringify(theirs)}, and networks here can only have ${JSON.stringify(value)}. Use ` +
        'another network.',
    );
  }
}

function bert(source: Source, classes: number): PublishedModel {
  const vocabulary = whole(source, 'vocab_size');
  const positions = whole(source, 'max_position_embeddings');
  return { model: { architecture: 'bert', vocabulary, positions, ...encoder(source), classes } };
}

function vit(source: Source, classes: number): PublishedModel {
  const patch = whole(source, 'patch_size');
  return {
    model: { architecture: 'vit', patch, ...encoder(source), classes },
    image: image(source),
  };
}

function deit(source: Source, classes: number): PublishedModel {
  const patch = whole(source, 'patch_size');
  const { architectures } = source.config;
  const distilled =
    Array.isArray(architectures) && architectures.includes('DeiTForImageClassificationWithTeacher');
  return {
    model: { architecture: 'deit', patch, ...encoder(source), distilled, classes },
    image: image(source),
  };
}

function encoder(source: Source) {
  const epsilon = source.config['layer_norm_eps'];
  const [width, heads] = [whole(source, 'hidden_size'), whole(source, 'num_attention_heads')];
  if (width % heads !== 0)
    throw new WeightsProblem(
      'fip/pretrained',
      `\`${source.path}\` has \`hidden_size\` ${width}, which does not divide into ${heads} heads. Download it again.`,
    );
  return {
    width,
    depth: whole(source, 'num_hidden_layers'),
    heads,
    hidden: whole(source, 'intermediate_size'),
    ...(typeof epsilon === 'number' && { layer_norm_epsilon: epsilon }),
  };
}

function image(source: Source): [number, number, number] {
  const side = whole(source, 'image_size');
  return [side, side, whole(source, 'num_channels')];
}

/** Far more than any network has of anything; sizes beyond it are mistakes. */
const MOST = 1e7;

function whole({ config, path }: Source, key: string): number {
  const value = config[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST)
    return value;
  const found = value === undefined ? 'has no' : `has ${JSON.stringify(value)} as its`;
  throw new WeightsProblem(
    'fip/pretrained',
    `\`${path}\` ${found} \`${key}\`, and a whole number is needed there. Download it again.`,
  );
}

/** The `config.json` with which Hugging Face's transformers loads a network that a run wrote: the way back of published-model. */
import type { BertModel, DeitModel, Model, VitModel } from '../../spec/experiment';
import type { TensorEntry } from './safetensors-header';

type Encoder = BertModel | VitModel | DeitModel;
type Config = Record<string, unknown>;

/** Names and shapes of a file, as its header gives them. */
type Shapes = readonly Pick<TensorEntry, 'name' | 'shape'>[];

/** Whether transformers has a class for networks of this model. */
export function isPublishable(model: Model): model is Encoder {
  return ['bert', 'vit', 'deit'].includes(model.architecture);
}

/**
 * The config of a network.
 * @param tensors those of its file: they tell the size of the images
 * @param base the config of the folder that it came from; what it says beside the network itself stays
 */
export function configOfModel(model: Encoder, tensors: Shapes, base: Config = {}): Config {
  const { architecture, width, depth, heads, hidden = 4 * width, layer_norm_epsilon } = model;
  return {
    ...base,
    ...labels(model.classes, base),
    architectures: [className(model)],
    model_type: architecture,
    hidden_size: width,
    num_hidden_layers: depth,
    num_attention_heads: heads,
    intermediate_size: hidden,
    layer_norm_eps: layer_norm_epsilon ?? 1e-12,
    hidden_act: 'gelu',
    // Networks are written in full precision, whatever they came in.
    ['dtype' in base ? 'dtype' : 'torch_dtype']: 'float32',
    ...(model.architecture === 'bert' ? words(model) : images(model, tensors)),
  };
}

function className(model: Encoder): string {
  if (model.architecture === 'bert') return 'BertForSequenceClassification';
  if (model.architecture === 'vit') return 'ViTForImageClassification';
  return model.distilled ? 'DeiTForImageClassificationWithTeacher' : 'DeiTForImageClassification';
}

function words({ vocabulary, positions }: BertModel): Config {
  return {
    vocab_size: vocabulary,
    max_position_embeddings: positions,
    type_vocab_size: 2,
    pad_token_id: 0,
  };
}

function images({ architecture, patch }: VitModel | DeitModel, tensors: Shapes): Config {
  const shapeOf = (name: string) =>
    tensors.find((tensor) => tensor.name === `${architecture}.embeddings.${name}`)?.shape ?? [];
  const [, channels = 0] = shapeOf('patch_embeddings.projection.weight');
  const [, rows = 0] = shapeOf('position_embeddings');
  const patches = rows - (architecture === 'deit' ? 2 : 1);
  return { patch_size: patch, num_channels: channels, image_size: patch * Math.sqrt(patches) };
}

/** Names of classes stay where there are as many; transformers counts the classes by them. */
function labels(classes: number, { id2label, label2id }: Config): Config {
  const count = typeof id2label === 'object' && id2label ? Object.keys(id2label).length : 0;
  if (count === classes) return { id2label, label2id };
  const names = Array.from({ length: classes }, (_, number) => `LABEL_${number}`);
  return {
    id2label: Object.fromEntries(names.map((name, number) => [String(number), name])),
    label2id: Object.fromEntries(names.map((name, number) => [name, number])),
  };
}

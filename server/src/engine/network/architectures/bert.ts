import type { BertModel } from '../../../spec/experiment';
import { NetworkBuilder, type Value } from '../build';
import { tanh } from '../layers/activation';
import { addedRows, embedding, takeRow } from '../layers/embedding';
import { gelu } from '../layers/gelu';
import { ShapeError } from '../layers/layer';
import { maskOfIds } from '../layers/mask';
import { addBias, timesTable } from '../layers/tied';
import { shapeText } from '../layers/unary';
import type { Network } from '../network';
import {
  feedForward,
  normWith,
  projection,
  residual,
  selfAttention,
  type EncoderSize,
} from './encoder';

/** All but the head: what a BERT encoder is made of. */
export type BertSize = Pick<
  BertModel,
  'vocabulary' | 'width' | 'depth' | 'heads' | 'hidden' | 'positions' | 'layer_norm_epsilon'
>;

/** Kinds of tokens of the pretrained models; all tokens here are of the first. */
const KINDS = 2;

/** BERT (Devlin et al., 2019) with a pooler and a dense head. Names as in Hugging Face's BertForSequenceClassification. */
export function bertClassifier(model: BertModel, inputShape: readonly number[]): Network {
  const net = new NetworkBuilder(tokenInput(inputShape));
  const x = bertEncoder(net, 'bert.', model);
  const first = net.apply('first', takeRow(0), x);
  const dense = net.apply('bert.pooler.dense', projection(model.width), first);
  const pooled = net.apply('bert.pooler.tanh', tanh, dense);
  return withVocabulary(
    net.build(net.apply('classifier', projection(model.classes), pooled)),
    model,
  );
}

/** The same encoder with a head that scores every word at every place, which shares the words' embeddings: BertForMaskedLM. */
export function bertMaskedLm(model: BertSize, inputShape: readonly number[]): Network {
  const net = new NetworkBuilder(tokenInput(inputShape));
  let x = bertEncoder(net, 'bert.', model);
  x = net.apply('cls.predictions.transform.dense', projection(model.width), x);
  x = net.apply('cls.predictions.transform.gelu', gelu, x);
  const norm = normWith(model.layer_norm_epsilon);
  x = net.apply('cls.predictions.transform.LayerNorm', norm, x);
  const words = ['bert.embeddings.word_embeddings.weight'];
  x = net.applyShared('cls.predictions.decoder', timesTable(model.vocabulary), words, x);
  return withVocabulary(net.build(net.apply('cls.predictions', addBias, x)), model);
}

/** The encoder alone, its last hidden states [L, width]: BertModel, whose names have no prefix. */
export function bertStates(model: BertSize, inputShape: readonly number[]): Network {
  const net = new NetworkBuilder(tokenInput(inputShape));
  return withVocabulary(net.build(bertEncoder(net, '', model)), model);
}

function bertEncoder(net: NetworkBuilder, prefix: string, model: BertSize): Value {
  const { vocabulary, width, depth, heads, hidden = 4 * width, positions } = model;
  const names = `${prefix}embeddings`;
  const norm = normWith(model.layer_norm_epsilon);
  const mask = net.apply('mask', maskOfIds, net.input);
  let x = net.apply(`${names}.word_embeddings`, embedding({ rows: vocabulary, width }), net.input);
  const place = addedRows({ name: 'weight', rows: positions, width });
  x = net.apply(`${names}.position_embeddings`, place, x);
  const kind = addedRows({ name: 'weight', rows: KINDS, width, first: true });
  x = net.apply(`${names}.token_type_embeddings`, kind, x);
  x = net.apply(`${names}.LayerNorm`, norm, x);
  for (let i = 0; i < depth; i++)
    x = bertBlock(net, `${prefix}encoder.layer.${i}`, x, { heads, hidden, norm }, mask);
  return x;
}

/** A block of BERT on tokens [L, width], normalised after attention and after the hidden layer. */
export function bertBlock(
  net: NetworkBuilder,
  name: string,
  x: Value,
  size: EncoderSize,
  mask?: Value,
): Value {
  const { norm } = size;
  const names = [`${name}.attention.self`, `${name}.attention.output`] as const;
  const attended = residual(net, `${name}.sum1`, selfAttention(net, names, x, size, mask), x);
  const middle = net.apply(`${name}.attention.output.LayerNorm`, norm, attended);
  const fed = residual(net, `${name}.sum2`, feedForward(net, name, middle, size), middle);
  return net.apply(`${name}.output.LayerNorm`, norm, fed);
}

function tokenInput(shape: readonly number[]): readonly number[] {
  if (shape.length === 1) return shape;
  throw new ShapeError(`it reads rows of token numbers, and the samples are ${shapeText(shape)}`);
}

function withVocabulary(network: Network, { vocabulary }: BertSize): Network {
  return { ...network, vocabulary };
}

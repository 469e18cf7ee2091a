import type { DeitModel, VitModel } from '../../../spec/experiment';
import { NetworkBuilder, type Value } from '../build';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv2d';
import { addedRows, prependToken, takeRow } from '../layers/embedding';
import { ShapeError } from '../layers/layer';
import { mergePixels } from '../layers/reshape';
import { scaledBy } from '../layers/scale';
import type { Network } from '../network';
import {
  feedForward,
  normWith,
  projection,
  residual,
  selfAttention,
  type EncoderSize,
} from './encoder';
import { imageInput } from './image-input';

/** Vision transformer (Dosovitskiy et al., 2021). Names as in Hugging Face's ViTForImageClassification. */
export function vit(model: VitModel, inputShape: readonly number[]): Network {
  const { net, states } = encoder(model, inputShape, 'vit', ['cls_token']);
  return net.build(readOut(net, 'classifier', states, 0, model));
}

/**
 * DeiT (Touvron et al., 2021), read out at the class token, names as in DeiTForImageClassification; distilled, the mean of
 * what the class token and the distillation token say, names as in DeiTForImageClassificationWithTeacher.
 */
export function deit(model: DeitModel, inputShape: readonly number[]): Network {
  const { net, states } = encoder(model, inputShape, 'deit', ['distillation_token', 'cls_token']);
  if (!model.distilled) return net.build(readOut(net, 'classifier', states, 0, model));
  const byClass = readOut(net, 'cls_classifier', states, 0, model);
  const byTeacher = readOut(net, 'distillation_classifier', states, 1, model);
  const sum = net.apply('logits_sum', add, byClass, byTeacher);
  return net.build(net.apply('logits', scaledBy(1 / 2), sum));
}

/** @param tokens in the order in which they are put before the patches */
function encoder(
  model: VitModel | DeitModel,
  inputShape: readonly number[],
  prefix: string,
  tokens: readonly string[],
): { net: NetworkBuilder; states: Value } {
  const { width, depth, heads, hidden = 4 * width } = model;
  const norm = normWith(model.layer_norm_epsilon);
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = patches(net, `${prefix}.embeddings`, model);
  for (const token of tokens) x = net.apply(`${prefix}.embeddings`, prependToken(token), x);
  const rows = x.shape[0] ?? 0;
  const positions = { name: 'position_embeddings', rows, width, shape: [1, rows, width] };
  x = net.apply(`${prefix}.embeddings`, addedRows(positions), x);
  for (let i = 0; i < depth; i++)
    x = vitBlock(net, `${prefix}.encoder.layer.${i}`, x, { heads, hidden, norm });
  return { net, states: net.apply(`${prefix}.layernorm`, norm, x) };
}

/** The dense head of one token. */
function readOut(
  net: NetworkBuilder,
  name: string,
  states: Value,
  token: number,
  { classes }: VitModel | DeitModel,
): Value {
  return net.apply(name, projection(classes), net.apply(`${name}.token`, takeRow(token), states));
}

function patches(
  net: NetworkBuilder,
  name: string,
  { patch, width }: Pick<VitModel, 'patch' | 'width'>,
): Value {
  const [height = 0, breadth = 0] = net.input.shape;
  if (height % patch !== 0 || breadth % patch !== 0)
    throw new ShapeError(
      `images of ${height} x ${breadth} do not divide into patches of ${patch} x ${patch}`,
    );
  const cut = conv2d({ filters: width, kernel: patch, stride: patch, padding: 0, gain: 1 });
  const grid = net.apply(`${name}.patch_embeddings.projection`, cut, net.input);
  return net.apply(`${name}.patches`, mergePixels, grid);
}

/** A block of ViT and DeiT on tokens [L, width], normalised before attention and before the hidden layer. */
export function vitBlock(net: NetworkBuilder, name: string, x: Value, size: EncoderSize): Value {
  const { norm } = size;
  const before = net.apply(`${name}.layernorm_before`, norm, x);
  const names = [`${name}.attention.attention`, `${name}.attention.output`] as const;
  const attended = residual(net, `${name}.sum1`, selfAttention(net, names, before, size), x);
  const after = net.apply(`${name}.layernorm_after`, norm, attended);
  return residual(net, `${name}.sum2`, feedForward(net, name, after, size), attended);
}

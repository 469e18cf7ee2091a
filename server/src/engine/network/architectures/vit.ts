import type { DeitModel, VitModel } from '../../../spec/experiment';
import { NetworkBuilder, type Value } from '../build';
import { conv2d } from '../layers/conv2d';
import { addedRows, prependToken, takeRow } from '../layers/embedding';
import { ShapeError } from '../layers/layer';
import { mergePixels } from '../layers/reshape';
import type { Network } from '../network';
import {
  feedForward,
  norm,
  projection,
  residual,
  selfAttention,
  type EncoderSize,
} from './encoder';
import { imageInput } from './image-input';

/** Vision transformer (Dosovitskiy et al., 2021). Names as in Hugging Face's ViTForImageClassification. */
export function vit(model: VitModel, inputShape: readonly number[]): Network {
  return imageTransformer(model, inputShape, 'vit', ['cls_token']);
}

/** DeiT (Touvron et al., 2021), read out at the class token. Names as in DeiTForImageClassification. */
export function deit(model: DeitModel, inputShape: readonly number[]): Network {
  return imageTransformer(model, inputShape, 'deit', ['distillation_token', 'cls_token']);
}

/** @param tokens in the order in which they are put before the patches */
function imageTransformer(
  model: VitModel | DeitModel,
  inputShape: readonly number[],
  prefix: string,
  tokens: readonly string[],
): Network {
  const { width, depth, heads, hidden = 4 * width, classes } = model;
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = patches(net, `${prefix}.embeddings`, model);
  for (const token of tokens) x = net.apply(`${prefix}.embeddings`, prependToken(token), x);
  const rows = x.shape[0] ?? 0;
  const positions = { name: 'position_embeddings', rows, width, shape: [1, rows, width] };
  x = net.apply(`${prefix}.embeddings`, addedRows(positions), x);
  for (let i = 0; i < depth; i++)
    x = vitBlock(net, `${prefix}.encoder.layer.${i}`, x, { heads, hidden });
  x = net.apply(`${prefix}.layernorm`, norm, x);
  return net.build(net.apply('classifier', projection(classes), net.apply('first', takeRow(0), x)));
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
  const before = net.apply(`${name}.layernorm_before`, norm, x);
  const names = [`${name}.attention.attention`, `${name}.attention.output`] as const;
  const attended = residual(net, `${name}.sum1`, selfAttention(net, names, before, size), x);
  const after = net.apply(`${name}.layernorm_after`, norm, attended);
  return residual(net, `${name}.sum2`, feedForward(net, name, after, size), attended);
}

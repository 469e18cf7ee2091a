import type { NetworkBuilder, Value } from '../build';
import { add } from '../layers/add';
import { attention } from '../layers/attention';
import { dense } from '../layers/dense';
import { gelu } from '../layers/gelu';
import type { LayerFactory } from '../layers/layer';
import { layerNorm } from '../layers/normalize';

/** Where a spec gives none: what BERT, ViT and DeiT were published with. */
const LAYER_NORM_EPSILON = 1e-12;
/** Standard deviation of initial weights, as BERT and ViT have it. */
export const DEVIATION = 0.02;

export interface EncoderSize {
  heads: number;
  /** Width of the hidden layer in a block. */
  hidden: number;
  norm: LayerFactory;
}

/** A dense layer with the initial weights of transformers. */
export const projection = (units: number) => dense({ units, deviation: DEVIATION });

/** Layer normalisation with a spec's epsilon. */
export const normWith = (epsilon = LAYER_NORM_EPSILON) => layerNorm(epsilon);

/** Self-attention with its four dense layers; `self` and `out` are the names that go before theirs. */
export function selfAttention(
  net: NetworkBuilder,
  [self, out]: readonly [string, string],
  x: Value,
  { heads }: Pick<EncoderSize, 'heads'>,
  mask?: Value,
): Value {
  const width = x.shape.at(-1) ?? 1;
  const [q, k, v] = ['query', 'key', 'value'].map((name) =>
    net.apply(`${self}.${name}`, projection(width), x),
  ) as [Value, Value, Value];
  const inputs = mask ? [q, k, v, mask] : [q, k, v];
  const mixed = net.apply(`${self}.attention`, attention(heads), ...inputs);
  return net.apply(`${out}.dense`, projection(width), mixed);
}

/** Dense, gelu, dense, token by token. */
export function feedForward(
  net: NetworkBuilder,
  name: string,
  x: Value,
  { hidden }: Pick<EncoderSize, 'hidden'>,
): Value {
  const inner = net.apply(`${name}.intermediate.dense`, projection(hidden), x);
  const bent = net.apply(`${name}.intermediate.gelu`, gelu, inner);
  return net.apply(`${name}.output.dense`, projection(x.shape.at(-1) ?? 1), bent);
}

/** x + y */
export function residual(net: NetworkBuilder, name: string, x: Value, y: Value): Value {
  return net.apply(name, add, x, y);
}

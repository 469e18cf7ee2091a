import type { Layer as LayerSpec, LayersModel } from '../../../spec/experiment';
import { NetworkBuilder } from '../build';
import { relu, tanh } from '../layers/activation';
import { conv2d } from '../layers/conv2d';
import { dense } from '../layers/dense';
import { dropout } from '../layers/dropout';
import { gelu } from '../layers/gelu';
import { ShapeError, type LayerFactory } from '../layers/layer';
import { batchNorm, layerNorm } from '../layers/normalize';
import { averagePool, globalAveragePool, maxPool } from '../layers/pool';
import { flatten } from '../layers/reshape';
import type { Network } from '../network';

const EPSILON = 1e-5;
const GAIN = Math.SQRT2;

type Made<Type extends LayerSpec['type']> = (
  spec: Extract<LayerSpec, { type: Type }>,
) => LayerFactory;

/** How each kind of layer of a spec is made. */
const LAYERS: { [Type in LayerSpec['type']]: Made<Type> } = {
  dense: ({ units }) => dense({ units, gain: GAIN }),
  conv2d: ({ padding, ...rest }) =>
    conv2d({ ...rest, padding: padding === 'same' ? Math.floor(rest.kernel / 2) : padding }),
  max_pool: (spec) => (shape) => maxPool(windowsOf(spec))(shape),
  average_pool: (spec) => (shape) => averagePool(windowsOf(spec))(shape),
  global_average_pool: () => globalAveragePool,
  batch_norm: () => batchNorm(EPSILON),
  layer_norm: () => layerNorm(EPSILON),
  relu: () => relu,
  gelu: () => gelu,
  tanh: () => tanh,
  flatten: () => flatten,
  dropout: ({ rate }) => dropout(rate),
};

function windowsOf({
  size,
  stride = size,
  padding,
}: {
  size: number;
  stride?: number;
  padding: number;
}) {
  if (padding >= size)
    throw new ShapeError(`has a padding of ${padding}, not less than its windows of ${size}`);
  return { kernel: size, stride, padding };
}

/**
 * Layers in a row, named by their kind and place (`conv2d1` where the first layer is a convolution), and a dense head.
 * @throws ShapeError whose `layer` is the number of the first that does not fit, counted from 0
 */
export function ownLayers(
  { layers, classes }: LayersModel,
  inputShape: readonly number[],
): Network {
  const isImage = inputShape.length === 2 && layers.some(({ type }) => IMAGE_LAYERS.has(type));
  const net = new NetworkBuilder(isImage ? [...inputShape, 1] : inputShape);
  let x = net.input;
  layers.forEach((spec, index) => {
    try {
      const make = LAYERS[spec.type] as Made<LayerSpec['type']>;
      x = net.apply(`${spec.type}${index + 1}`, make(spec), x);
    } catch (error) {
      if (error instanceof ShapeError) error.layer = index;
      throw error;
    }
  });
  if (x.shape.length > 1) x = net.apply('flatten', flatten, x);
  return net.build(net.apply('head', dense({ units: classes }), x));
}

/** Layers that read images: a gray one is given its one channel for them. */
const IMAGE_LAYERS = new Set<LayerSpec['type']>([
  'conv2d',
  'max_pool',
  'average_pool',
  'global_average_pool',
]);

import type { Backend, Tensor } from '../../backends/backend';
import { convolver, type Convolver } from './convolver';
import { asImage, windowCount, type Windows } from './image';
import { constant, normals } from './initialize';
import { ShapeError, type LayerFactory, type ParameterSpec, type Point } from './layer';
import { at, unary } from './unary';

export interface Conv2dOptions extends Windows {
  filters: number;
  /** Channels and filters in so many separate groups; as many as channels: depthwise. 1 where left out. */
  groups?: number;
  /** Whether a bias is added; true where left out. */
  bias?: boolean;
  /** Standard deviation of the initial weights times the square root of a filter's inputs; sqrt(2) where left out. */
  gain?: number;
}

/** Convolution of images x [N, H, W, C] with filters [kernel, kernel, C / groups, filters], and a bias. */
export function conv2d(options: Conv2dOptions): LayerFactory {
  const { filters, kernel, stride, padding, groups = 1, bias = true } = options;
  return (shape = []) => {
    const [height, width, channels] = asImage(shape);
    checkGroups(channels, filters, groups);
    const outputs = [windowCount(height, options), windowCount(width, options)] as const;
    const map = convolver({ height, width, channels, filters, kernel, stride, padding, groups });
    const plus = (backend: Backend, y: Tensor, b: Tensor | undefined) =>
      b ? backend.add(y, b) : y;
    const padded = ({ saved }: Point) => at(saved, 0);
    return unary({
      outputShape: [...outputs, filters],
      parameters: parametersOf(options, channels / groups, bias),
      multiplyAdds: (outputs[0] * outputs[1] * filters * kernel ** 2 * channels) / groups,
      forward({ backend }, parameters, input) {
        const x = map.pad(backend, input);
        const y = map.apply(backend, x, at(parameters, 0));
        return { output: plus(backend, y, parameters[1]), saved: [x] };
      },
      jvpInput: (backend, { parameters }, tangent) =>
        map.apply(backend, map.pad(backend, tangent), at(parameters, 0)),
      vjpInput: (backend, { parameters }, cotangent) =>
        map.crop(backend, map.transposeInput(backend, cotangent, at(parameters, 0))),
      weights: {
        jvp: (backend, point, [dw, db]) =>
          plus(backend, map.apply(backend, padded(point), at([dw], 0)), db),
        vjp: (backend, point, cotangent) =>
          weightCotangents(backend, map, padded(point), cotangent, bias),
      },
    });
  };
}

function weightCotangents(
  backend: Backend,
  map: Convolver,
  padded: Tensor,
  cotangent: Tensor,
  bias: boolean,
): Tensor[] {
  const filters = map.transposeWeights(backend, padded, cotangent);
  return bias ? [filters, backend.sum(cotangent, [0, 1, 2])] : [filters];
}

function checkGroups(channels: number, filters: number, groups: number): void {
  for (const [what, count] of [
    ['channels', channels],
    ['filters', filters],
  ] as const)
    if (count % groups !== 0)
      throw new ShapeError(`cannot split ${count} ${what} into ${groups} groups`);
}

function parametersOf(
  { kernel, filters, gain = Math.SQRT2 }: Conv2dOptions,
  channels: number,
  bias: boolean,
): ParameterSpec[] {
  const shape = [kernel, kernel, channels, filters];
  const initialize = normals(shape, gain / Math.sqrt(kernel ** 2 * channels));
  const weight = {
    name: 'weight',
    shape,
    role: 'kernel',
    fileOrder: [3, 2, 0, 1],
    initialize,
  } as const;
  if (!bias) return [weight];
  const zeros = constant([filters], 0);
  return [weight, { name: 'bias', shape: [filters], role: 'vector', initialize: zeros }];
}

import type { Backend, Tensor } from '../../backends/backend';
import type { ForwardContext, Layer, Point } from './layer';

/** The rules of a layer with one input. */
export interface UnaryRules extends Pick<Layer, 'outputShape' | 'weights' | 'measured'> {
  parameters?: Layer['parameters'];
  multiplyAdds?: number;
  forward(
    context: ForwardContext,
    parameters: readonly Tensor[],
    input: Tensor,
  ): { output: Tensor; saved?: readonly Tensor[] };
  jvpInput(backend: Backend, point: Point, tangent: Tensor): Tensor;
  vjpInput(backend: Backend, point: Point, cotangent: Tensor): Tensor;
}

/** A layer with one input. */
export function unary(rules: UnaryRules): Layer {
  return {
    parameters: [],
    multiplyAdds: 0,
    ...rules,
    forward: (context, parameters, inputs) => rules.forward(context, parameters, at(inputs, 0)),
    jvpInput: (backend, point, tangents) => rules.jvpInput(backend, point, at(tangents, 0)),
    vjpInput: (backend, point, cotangent) => [rules.vjpInput(backend, point, cotangent)],
  };
}

/** The tensor at an index where the caller knows that there is one. */
export function at(tensors: readonly (Tensor | undefined)[], index: number): Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new TypeError(`A layer was given no tensor ${index}.`);
  return tensor;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** A shape in words: `28 x 28 x 1`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'one number' : shape.join(' x ');
}

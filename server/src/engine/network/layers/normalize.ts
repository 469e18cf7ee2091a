import type { Backend, Tensor } from '../../backends/backend';
import { constant } from './initialize';
import type { LayerFactory, ParameterSpec, Point, WeightRules } from './layer';
import { at, sizeOf, unary } from './unary';

/** Inputs shifted and scaled to mean 0 and variance 1, and what that took. */
interface Standardised {
  /** (x - mean) / deviation */
  standard: Tensor;
  /** 1 / deviation */
  factor: Tensor;
  mean: Tensor;
  variance: Tensor;
}

function standardise(
  backend: Backend,
  x: Tensor,
  axes: readonly number[],
  epsilon: number,
): Standardised {
  const mean = meanOver(backend, x, axes);
  const shifted = backend.subtract(x, mean);
  const variance = meanOver(backend, backend.multiply(shifted, shifted), axes);
  const factor = inverseDeviation(backend, variance, epsilon);
  return { standard: backend.multiply(shifted, factor), factor, mean, variance };
}

function inverseDeviation(backend: Backend, variance: Tensor, epsilon: number): Tensor {
  const one = backend.tensor(Float32Array.of(1), []);
  const floor = backend.tensor(Float32Array.of(epsilon), []);
  return backend.divide(one, backend.sqrt(backend.add(variance, floor)));
}

function meanOver(backend: Backend, x: Tensor, axes: readonly number[]): Tensor {
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  return backend.scale(backend.sum(x, axes, true), 1 / count);
}

/** The derivative of `standardise`, which is its own transpose: factor (t - mean t - standard mean(standard t)). */
function standardiseTangent(
  backend: Backend,
  standard: Tensor,
  factor: Tensor,
  tangent: Tensor,
  axes: readonly number[],
): Tensor {
  const along = meanOver(backend, backend.multiply(standard, tangent), axes);
  const centred = backend.subtract(tangent, meanOver(backend, tangent, axes));
  return backend.multiply(backend.subtract(centred, backend.multiply(standard, along)), factor);
}

/** Tangents and cotangents of y = standard * weight + bias in the two vectors. */
function affineRules(channels: number): WeightRules {
  return {
    jvp: (backend, { saved }, [dw, db]) =>
      backend.add(backend.multiply(at(saved, 0), at([dw], 0)), at([db], 0)),
    vjp(backend, { saved }, cotangent) {
      const rows = (a: Tensor) => backend.reshape(a, [-1, channels]);
      const products = backend.multiply(at(saved, 0), cotangent);
      return [backend.sum(rows(products), [0]), backend.sum(rows(cotangent), [0])];
    },
  };
}

function affineParameters(channels: number): ParameterSpec[] {
  const shape = [channels];
  return [
    { name: 'weight', shape, role: 'vector', initialize: constant(shape, 1) },
    { name: 'bias', shape, role: 'vector', initialize: constant(shape, 0) },
  ];
}

/** Layer normalisation over the last axis (Ba, Kiros and Hinton, 2016). */
export function layerNorm(epsilon: number): LayerFactory {
  return (shape = []) => {
    const channels = shape.at(-1) ?? 1;
    const axes = [shape.length];
    const rule = (backend: Backend, saved: readonly Tensor[], tangent: Tensor) =>
      standardiseTangent(backend, at(saved, 0), at(saved, 1), tangent, axes);
    return unary({
      outputShape: shape,
      parameters: affineParameters(channels),
      forward({ backend }, parameters, input) {
        const { standard, factor } = standardise(backend, input, axes, epsilon);
        const scaled = backend.multiply(standard, at(parameters, 0));
        return { output: backend.add(scaled, at(parameters, 1)), saved: [standard, factor] };
      },
      jvpInput: (backend, { parameters, saved }, tangent) =>
        backend.multiply(rule(backend, saved, tangent), at(parameters, 0)),
      vjpInput: (backend, { parameters, saved }, cotangent) =>
        rule(backend, saved, backend.multiply(cotangent, at(parameters, 0))),
      weights: affineRules(channels),
    });
  };
}

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy, 2015). In training by the batch's own statistics,
 * through which derivatives flow; else by the running ones, which are weights that no derivative moves.
 */
export function batchNorm(epsilon: number): LayerFactory {
  return (shape = []) => {
    const channels = shape.at(-1) ?? 1;
    const axes = shape.map((_, axis) => axis);
    const statistic = (name: string, value: number): ParameterSpec => ({
      name,
      shape: [channels],
      role: 'statistic',
      initialize: constant([channels], value),
    });
    // A third saved tensor, the batch's mean, tells that the statistics were the batch's.
    const isByBatch = ({ saved }: Point) => saved.length > 2;
    const byBatchRule = (backend: Backend, { saved }: Point, tangent: Tensor) =>
      standardiseTangent(backend, at(saved, 0), at(saved, 1), tangent, axes);
    /** By running statistics the map is a factor for each channel. */
    const byRunningRule = (backend: Backend, { saved, parameters }: Point, tangent: Tensor) =>
      backend.multiply(tangent, backend.multiply(at(saved, 1), at(parameters, 0)));
    return unary({
      outputShape: shape,
      parameters: [
        ...affineParameters(channels),
        statistic('running_mean', 0),
        statistic('running_var', 1),
      ],
      forward({ backend, training }, parameters, input) {
        const saved = training
          ? byBatch(backend, input, axes, epsilon)
          : byRunning(backend, input, parameters, epsilon);
        const scaled = backend.multiply(at(saved, 0), at(parameters, 0));
        return { output: backend.add(scaled, at(parameters, 1)), saved };
      },
      jvpInput: (backend, point, tangent) =>
        isByBatch(point)
          ? backend.multiply(byBatchRule(backend, point, tangent), at(point.parameters, 0))
          : byRunningRule(backend, point, tangent),
      vjpInput: (backend, point, cotangent) =>
        isByBatch(point)
          ? byBatchRule(backend, point, backend.multiply(cotangent, at(point.parameters, 0)))
          : byRunningRule(backend, point, cotangent),
      weights: affineRules(channels),
      measured: ({ saved }) => saved.slice(2),
    });
  };
}

/** The batch's standardised inputs, factor, mean and unbiased variance. */
function byBatch(
  backend: Backend,
  input: Tensor,
  axes: readonly number[],
  epsilon: number,
): Tensor[] {
  const { standard, factor, mean, variance } = standardise(backend, input, axes, epsilon);
  const channels = input.shape.at(-1) ?? 1;
  const count = sizeOf(input.shape) / channels;
  const unbiased = backend.scale(variance, count / Math.max(count - 1, 1));
  return [
    standard,
    factor,
    backend.reshape(mean, [channels]),
    backend.reshape(unbiased, [channels]),
  ];
}

function byRunning(
  backend: Backend,
  input: Tensor,
  parameters: readonly Tensor[],
  epsilon: number,
) {
  const factor = inverseDeviation(backend, at(parameters, 3), epsilon);
  const shifted = backend.subtract(input, at(parameters, 2));
  return [backend.multiply(shifted, factor), factor];
}

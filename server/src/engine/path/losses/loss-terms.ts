import type { ForwardContext } from '../../network/layers/layer';
import { readMeasured, type Measured } from '../../network/statistics';
import { linearise } from '../../geometry/linearisation';
import type { RunContext } from '../../run-context';
import { applyMask, axpy } from '../../vector';
import { crossEntropy } from '../cross-entropy';
import type { ObjectiveGradient } from '../objectives/objective';

/** A loss of the outputs [N, classes], and its derivative by them. */
export type OutputLoss = (outputs: Float32Array) => { value: number; cotangent: Float32Array };

/** A part of what a baseline minimises: a loss of the outputs on some inputs [N, features]. */
export interface LossTerm {
  inputs: Float32Array;
  loss: OutputLoss;
}

/** The sum of some terms and its gradient in weight space. Each term is taken by itself, so none needs more memory. */
export async function termsGradient(
  context: RunContext,
  weights: Float32Array,
  terms: readonly LossTerm[],
): Promise<ObjectiveGradient> {
  const gradient = new Float32Array(context.network.layout.size);
  let value = 0;
  for (const term of terms) {
    const found = await termGradient(context, weights, term);
    value += found.value;
    axpy(1, found.gradient, gradient);
  }
  return { value, gradient };
}

/**
 * One term and its gradient, 0 for weights that are not free.
 * @param training present where the network is trained anew, see `ForwardContext`
 */
export async function termGradient(
  { backend, network, free }: RunContext,
  weights: Float32Array,
  { inputs, loss }: LossTerm,
  training?: ForwardContext['training'],
): Promise<ObjectiveGradient & { measured: Measured }> {
  return backend.scope(async () => {
    const batch = backend.tensor(inputs, [inputs.length / network.inputs, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch, training);
    const { outputs, points } = linearisation;
    const { value, cotangent } = loss(await backend.read(outputs));
    const gradient = await linearisation.vjp(backend.tensor(cotangent, outputs.shape));
    if (free) applyMask(free, gradient);
    const measured = training ? await readMeasured(backend, network, points) : new Map();
    return { value, gradient, measured };
  });
}

/** weight * the mean cross-entropy with these labels. */
export function labelLoss(labels: Int32Array, weight = 1): OutputLoss {
  return (outputs) => {
    const { loss, cotangent } = crossEntropy(outputs, labels);
    return { value: weight * loss, cotangent: cotangent.map((value) => weight * value) };
  };
}

/** weight * the mean, over samples and outputs, of the squared differences from these outputs. */
export function outputLoss(targets: Float32Array, weight: number): OutputLoss {
  return (outputs) => {
    const cotangent = new Float32Array(outputs.length);
    let sum = 0;
    for (let i = 0; i < outputs.length; i++) {
      const difference = (outputs[i] ?? 0) - (targets[i] ?? 0);
      sum += difference ** 2;
      cotangent[i] = (2 * weight * difference) / outputs.length;
    }
    return { value: (weight * sum) / outputs.length, cotangent };
  };
}

/** A loss of the first outputs alone, so many numbers of them. */
export function ofFirst(length: number, loss: OutputLoss): OutputLoss {
  return (outputs) => {
    const found = loss(outputs.subarray(0, length));
    const cotangent = new Float32Array(outputs.length);
    cotangent.set(found.cotangent);
    return { value: found.value, cotangent };
  };
}

/** Two losses of the same outputs. */
export function sumOfLosses(first: OutputLoss, second: OutputLoss): OutputLoss {
  return (outputs) => {
    const [a, b] = [first(outputs), second(outputs)];
    axpy(1, b.cotangent, a.cotangent);
    return { value: a.value + b.value, cotangent: a.cotangent };
  };
}

/** What can be said of a network before it is built. */
import type { Model } from './experiment';

/** A dense layer: its weight matrix is `outputs x inputs`. */
export interface LayerEstimate {
  name: string;
  inputs: number;
  outputs: number;
  /** Weights and biases. */
  parameters: number;
}

/** The layers of a model that reads samples of so many features. */
export function layersOf(model: Model, features: number): LayerEstimate[] {
  const widths = [features, ...model.hidden, model.classes];
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i] ?? 0;
    return { name: `dense${i + 1}`, inputs, outputs, parameters: (inputs + 1) * outputs };
  });
}

/** Number of weights and biases of a model that reads samples of so many features. */
export function parameterCount(model: Model, features: number): number {
  return layersOf(model, features).reduce((sum, { parameters }) => sum + parameters, 0);
}

/** What a term of a loss may look at in one sample, in float64. */
export interface SampleOutputs {
  /** Outputs of the network before the softmax. */
  outputs: Float64Array;
  probabilities: Float64Array;
  logProbabilities: Float64Array;
  label: number;
  /** Outputs of the teacher for the same input, where there is one. */
  teacher?: Float64Array;
  /** Of the softmax that compares with the teacher's. */
  temperature: number;
}

/** A term's value at one sample, and its gradient with respect to the outputs. */
export interface SampleLoss {
  value: number;
  gradient: Float64Array;
}

export type OutputTerm = (sample: SampleOutputs) => SampleLoss;

/** log softmax(outputs / temperature). */
export function logSoftmax(outputs: Float64Array, temperature = 1): Float64Array {
  const scaled = outputs.map((value) => value / temperature);
  const largest = scaled.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = scaled.reduce((total, value) => total + Math.exp(value - largest), 0);
  return scaled.map((value) => value - largest - Math.log(sum));
}

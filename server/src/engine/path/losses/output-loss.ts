import type { FitObjective } from '../../../spec/experiment';
import { OUTPUT_TERMS, type OutputTermName } from './output-terms';
import { logSoftmax, type SampleLoss, type SampleOutputs } from './sample-outputs';

/** A batch as a loss sees it. */
export interface LossBatch {
  /** [N, classes], row after row, before the softmax. */
  outputs: Float32Array;
  labels: Int32Array;
  /** Outputs of the teacher, [N, classes]. */
  teacher?: Float32Array;
  temperature: number;
}

/**
 * The weighted sum of a loss's terms that outputs decide: its mean over the samples, and its gradient with respect to the
 * outputs, [N, classes].
 */
export function outputLoss(
  loss: FitObjective['loss'],
  { outputs, labels, teacher, temperature }: LossBatch,
): { value: number; cotangent: Float32Array } {
  const [count, width] = [labels.length, outputs.length / labels.length];
  const rowOf = (matrix: Float32Array, row: number) =>
    Float64Array.from(matrix.subarray(row * width, (row + 1) * width));
  const cotangent = new Float32Array(outputs.length);
  let total = 0;
  for (let row = 0; row < count; row++) {
    const own = rowOf(outputs, row);
    const found = sampleLoss(loss, {
      ...{ outputs: own, logProbabilities: logSoftmax(own), probabilities: softmax(own) },
      ...{ label: labels[row] ?? 0, temperature },
      ...(teacher && { teacher: rowOf(teacher, row) }),
    });
    total += found.value;
    cotangent.set(
      found.gradient.map((slope) => slope / count),
      row * width,
    );
  }
  return { value: total / count, cotangent };
}

const softmax = (outputs: Float64Array) => logSoftmax(outputs).map(Math.exp);

function sampleLoss(loss: FitObjective['loss'], sample: SampleOutputs): SampleLoss {
  const sum = { value: 0, gradient: new Float64Array(sample.outputs.length) };
  for (const name of Object.keys(OUTPUT_TERMS) as OutputTermName[]) {
    const weight = loss[name];
    if (weight === undefined) continue;
    const { value, gradient } = OUTPUT_TERMS[name](sample);
    sum.value += weight * value;
    gradient.forEach((slope, k) => (sum.gradient[k] = (sum.gradient[k] ?? 0) + weight * slope));
  }
  return sum;
}

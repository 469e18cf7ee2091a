import type { DataSet } from '../data/data-set';

/** The labels of a data set, in order; undefined where they leave no output out, or no choice. */
export function ownClasses({ train, test }: DataSet, outputs: number): number[] | undefined {
  const found = [...new Set([...train.labels, ...test.labels])].sort((a, b) => a - b);
  return found.length > 1 && found.length < outputs ? found : undefined;
}

/**
 * Share of samples whose label has the largest of the logits of some classes: the accuracy where the task is known, as in
 * task-incremental learning (van de Ven & Tolias, arXiv 1904.07734).
 * @param logits [labels.length, outputs], row after row
 */
export function accuracyWithin(
  logits: Float32Array,
  labels: Int32Array,
  classes: readonly number[],
): number {
  const outputs = logits.length / labels.length;
  let correct = 0;
  for (const [row, label] of labels.entries()) {
    const own = logits[row * outputs + label] ?? NaN;
    // As in `crossEntropy`, of equal logits the first one counts.
    const isLargest = classes.every((other) => {
      const value = logits[row * outputs + other] ?? NaN;
      return other < label ? value < own : value <= own;
    });
    if (isLargest) correct++;
  }
  return correct / labels.length;
}

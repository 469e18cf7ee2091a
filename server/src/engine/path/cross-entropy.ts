import type { Backend, Tensor } from '../backends/backend';

/** Mean cross-entropy of a batch and what training needs of it. */
export interface CrossEntropy {
  /** Mean over the batch, in nats. */
  loss: number;
  correct: number;
  /** d loss / d logits, [N, classes], row-major. */
  cotangent: Float32Array;
}

/** Cross-entropy of the softmax of logits [N, classes] against labels [N]. */
export function crossEntropy(logits: Float32Array, labels: Int32Array): CrossEntropy {
  const count = labels.length;
  const classes = logits.length / count;
  const cotangent = new Float32Array(logits.length);
  let total = 0;
  let correct = 0;
  for (let row = 0; row < count; row++) {
    const from = row * classes;
    const scores = logits.subarray(from, from + classes);
    const label = labels[row] ?? 0;
    const { logSum, best } = logSumExp(scores);
    total += logSum - (scores[label] ?? 0);
    if (best === label) correct++;
    for (let k = 0; k < classes; k++) {
      const probability = Math.exp((scores[k] ?? 0) - logSum);
      cotangent[from + k] = (probability - (k === label ? 1 : 0)) / count;
    }
  }
  return { loss: total / count, correct, cotangent };
}

/** log sum exp of the scores, and the index of the largest (the first of equals). */
function logSumExp(scores: Float32Array): { logSum: number; best: number } {
  let best = 0;
  scores.forEach((score, index) => {
    if (score > (scores[best] ?? 0)) best = index;
  });
  const largest = scores[best] ?? 0;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - largest);
  return { logSum: largest + Math.log(sum), best };
}

/** The cotangent of `crossEntropy` worked out on the device: (softmax - one-hot label) / N, [N, classes]. */
export function logitsCotangent(backend: Backend, logits: Tensor, labels: Int32Array): Tensor {
  const classes = logits.shape[1] ?? 0;
  const oneHot = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (oneHot[row * classes + label] = 1));
  return backend.tidy(() => {
    const excess = backend.subtract(backend.softmax(logits), backend.tensor(oneHot, logits.shape));
    return backend.scale(excess, 1 / labels.length);
  });
}

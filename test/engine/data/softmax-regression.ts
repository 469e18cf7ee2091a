import type { Samples } from '../../../server/src/engine/data/read-data';
import { Random } from '../../../server/src/engine/random';

/**
 * The largest test accuracy that a linear model reaches over some epochs of plain stochastic gradient descent on the
 * cross-entropy: a generous measure, since it may stop at the best moment.
 */
export function bestLinearAccuracy(
  train: Samples,
  test: Samples,
  classes: number,
  epochs: number,
): number {
  const features = train.inputs.length / train.count;
  const weights = new Float64Array((features + 1) * classes);
  const random = Random.of('softmax regression');
  let best = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 0.004 / Math.sqrt(epoch);
    for (const i of random.permutation(train.count)) {
      learn(weights, input(train, i), train.labels[i]!, classes, rate);
    }
    best = Math.max(best, accuracy(weights, test, classes));
  }
  return best;
}

function learn(
  weights: Float64Array,
  x: Float32Array,
  label: number,
  classes: number,
  rate: number,
): void {
  const logits = outputs(weights, x, classes);
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  for (let c = 0; c < classes; c++) {
    const step = rate * (exponentials[c]! / sum - (c === label ? 1 : 0));
    const row = c * (x.length + 1);
    for (let j = 0; j < x.length; j++) weights[row + j]! -= step * x[j]!;
    weights[row + x.length]! -= step;
  }
}

function outputs(weights: Float64Array, x: Float32Array, classes: number): number[] {
  return Array.from({ length: classes }, (_, c) => {
    const row = c * (x.length + 1);
    let sum = weights[row + x.length]!;
    for (let j = 0; j < x.length; j++) sum += weights[row + j]! * x[j]!;
    return sum;
  });
}

function accuracy(weights: Float64Array, samples: Samples, classes: number): number {
  let right = 0;
  for (let i = 0; i < samples.count; i++) {
    const logits = outputs(weights, input(samples, i), classes);
    if (logits.indexOf(Math.max(...logits)) === samples.labels[i]) right++;
  }
  return right / samples.count;
}

function input({ inputs, count }: Samples, i: number): Float32Array {
  const features = inputs.length / count;
  return inputs.subarray(i * features, (i + 1) * features);
}

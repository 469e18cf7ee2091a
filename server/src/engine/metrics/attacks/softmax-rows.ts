/**
 * Probabilities of logits [N, classes], row after row. In float64: what a sure network leaves to the other classes is far
 * below the last digit of 1 in float32.
 */
export function softmaxRows(logits: Float32Array, count: number): Float64Array {
  const classes = logits.length / count;
  const probabilities = new Float64Array(logits.length);
  for (let row = 0; row < count; row++) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = Float64Array.from(scores, (score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    probabilities.set(
      powers.map((power) => power / sum),
      row * classes,
    );
  }
  return probabilities;
}

/**
 * Shifts and scales all inputs, in place, so that the training inputs have mean 0 and standard deviation 1. The test inputs
 * get the same shift and scale: nothing is learnt from them. What is constant in training is shifted only.
 * @returns what was subtracted and divided by, by column
 * @param columns number of values that have a mean of their own; 1 takes all values together
 */
export function normalize(
  train: Float32Array,
  test: Float32Array,
  columns: number,
): { means: Float64Array; deviations: Float64Array } {
  const { means, deviations } = statistics(train, columns);
  for (const inputs of [train, test]) {
    for (let i = 0; i < inputs.length; i++) {
      const column = i % columns;
      inputs[i] = (inputs[i]! - means[column]!) / deviations[column]!;
    }
  }
  return { means, deviations };
}

/** Mean and standard deviation of each column, in double precision; 1 stands for a deviation of 0. */
function statistics(
  inputs: Float32Array,
  columns: number,
): { means: Float64Array; deviations: Float64Array } {
  const rows = inputs.length / columns;
  const means = new Float64Array(columns);
  for (let i = 0; i < inputs.length; i++) means[i % columns]! += inputs[i]! / rows;
  const variances = new Float64Array(columns);
  for (let i = 0; i < inputs.length; i++) {
    variances[i % columns]! += (inputs[i]! - means[i % columns]!) ** 2 / rows;
  }
  // Rounding leaves a constant column a variance of about 1e-32 times its square, not quite 0.
  const deviations = variances.map((variance, column) =>
    variance > 1e-24 * means[column]! ** 2 ? Math.sqrt(variance) : 1,
  );
  return { means, deviations };
}

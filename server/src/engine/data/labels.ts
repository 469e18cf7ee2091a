/** The labels with `offset` added to each. */
export function withOffset(labels: Int32Array, offset: number): Int32Array {
  return labels.map((label) => label + offset);
}

/** The largest label; -1 for no labels. */
export function largestLabel(labels: Int32Array): number {
  return labels.reduce((largest, label) => Math.max(largest, label), -1);
}

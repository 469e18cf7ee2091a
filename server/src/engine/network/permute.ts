/** The shape of an array whose axis i is axis order[i] of the other. */
export function permutedShape(shape: readonly number[], order: readonly number[]): number[] {
  return order.map((axis) => shape[axis] ?? 1);
}

/** The order that undoes this one. */
export function inverse(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}

/** The values of a row-major array in another order of axes; the same array where the order changes nothing. */
export function permuted(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  if (order.every((axis, i) => axis === i)) return values;
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const extents = permutedShape(shape, order);
  const strides = order.map((axis) => steps[axis] ?? 1);
  const result = new Float32Array(values.length);
  const index = extents.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    // Counts up the last axis, and carries.
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      from += strides[axis] ?? 0;
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (extents[axis] ?? 1)) break;
      from -= (strides[axis] ?? 0) * (extents[axis] ?? 1);
      index[axis] = 0;
    }
  }
  return result;
}

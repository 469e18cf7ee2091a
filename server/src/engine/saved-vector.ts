import type { NamedTensor } from './host';

/** A flat vector under a name, as saved states hold them. */
export function asTensor(name: string, values: Float32Array): NamedTensor {
  return { name, shape: [values.length], values };
}

/** Copies a saved vector into place; a state without it leaves zeros. */
export function restoreInto(
  target: Float32Array,
  tensors: readonly NamedTensor[],
  name: string,
): void {
  const saved = tensors.find((tensor) => tensor.name === name);
  if (saved) target.set(saved.values);
}

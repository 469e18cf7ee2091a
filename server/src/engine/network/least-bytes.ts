const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** What the memory of derivatives depends on. */
export interface NetworkSize {
  /** Length of the flat vector: weights, biases and statistics. */
  weights: number;
  /** Numbers that all layers together give out for one sample. */
  layerOutputs: number;
}

/**
 * Bytes that derivatives on so many samples hold at once, at the least: the weights and their cotangents, and every
 * layer's output and its cotangent. What layers keep and need besides comes on top.
 */
export function leastBytesOf({ weights, layerOutputs }: NetworkSize, samples: number): number {
  return BYTES * (2 * weights + 2 * samples * layerOutputs);
}

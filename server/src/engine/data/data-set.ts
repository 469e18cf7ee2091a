import type { SpecialTokens } from './augment/text/sentences';

/** Samples with their labels. Inputs stand one after the other: `count` times the number of features. */
export interface Samples {
  count: number;
  inputs: Float32Array;
  labels: Int32Array;
}

/** Something that the user should know of a data set; the run goes on. */
export interface DataWarning {
  code: string;
  message: string;
  /** The key that it is about. */
  pointer: string;
}

/** A data set, ready for training and measuring. */
export interface DataSet {
  name: string;
  /** Shape of one input, such as `[28, 28]`. */
  inputShape: readonly number[];
  train: Samples;
  test: Samples;
  /**
   * Of images: how a pixel from 0 (nothing) to 1 (all) became an input, (pixel - mean) / deviation, so that what is said of
   * pixels can be said of inputs.
   */
  pixels?: { mean: number; deviation: number };
  /** The largest label plus one, over both splits, after `label_offset` was added. */
  classes: number;
  /** Of texts: how many special tokens stand around them, where the format tells. */
  special?: SpecialTokens;
  warnings: readonly DataWarning[];
}

/** Number of features of an input of this shape. */
export function featureCount(inputShape: readonly number[]): number {
  return inputShape.reduce((product, size) => product * size, 1);
}

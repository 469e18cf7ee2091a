import type { Data } from '../../spec/experiment';
import type { SpecialTokens } from './augment/text/sentences';
import type { DataWarning } from './data-set';

/** Samples as a file holds them. `values` stand one sample after the other. */
export interface RawSamples {
  count: number;
  values: Uint8Array | Float32Array;
  labels: Int32Array;
}

/** What a reader gives: everything that its format knows, before splitting and scaling. */
export interface RawData {
  inputShape: readonly number[];
  train: RawSamples;
  /** The test samples, or how many of the training samples are to be set aside for testing. */
  test: RawSamples | number;
  /** Every value is multiplied by this: 1/255 makes bytes numbers from 0 to 1. */
  scale: number;
  /**
   * How `normalize` takes mean and standard deviation: over all pixels of an image together, or for each column of a table
   * by itself, since columns have units of their own.
   */
  normalizeBy?: 'image' | 'column';
  /** What the user should know of samples that were read; pointers are relative to the data set's entry. */
  warnings?: readonly DataWarning[];
  /** Of texts: how many special tokens stand around them. */
  special?: SpecialTokens;
  /** Number of classes where the format fixes it; otherwise it is counted. */
  classes?: number;
}

/** What a reader may use. */
export interface ReadContext {
  /** Name of the data set in the spec; keys its random streams. */
  name: string;
  seed: number;
  /** The absolute path of a file that the spec names. */
  resolvePath: (path: string) => string;
}

/**
 * Reads one format.
 * @throws DataProblem with a sentence for the user and the key that it is about
 */
export type DataReader<D extends Data> = (data: D, context: ReadContext) => RawData;

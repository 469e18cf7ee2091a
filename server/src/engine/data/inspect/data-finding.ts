import type { Data } from '../../../spec/experiment';
import type { DataCode } from './data-problem';

/** Something to tell the user about a data set before it is read. */
export interface DataFinding {
  /** The key that it is about, relative to the data set's entry: `/images`. */
  pointer: string;
  code: DataCode;
  message: string;
  severity: 'error' | 'warning';
}

/** What is known of a data set without reading it. A part that only a full read would tell is left out. */
export interface DataFacts {
  /** Training samples, after the split and `limit`. */
  trainCount?: number;
  testCount?: number;
  inputShape?: number[];
  /** `label_offset` included. Of a long table it is the largest among the first rows. */
  largestLabel?: number;
  /** The labels that occur, in order, `label_offset` not included; only where all samples were looked at. */
  classes?: number[];
  /** Of texts: how long the first ones are. */
  lengths?: LengthFacts;
  /** Of texts: how many tokens their tokenizer knows. */
  vocabulary?: number;
}

/** How long texts are, in tokens, special ones included, before any is cut. */
export interface LengthFacts {
  /** Texts that were counted. */
  counted: number;
  /** Half of the texts have no more. */
  median: number;
  longest: number;
  /** Texts that `max_length` cuts. */
  cut: number;
  /** The share of all places that padding fills, 0 to 1. */
  padding: number;
}

/** What the inspection of one format gives. */
export interface Inspection {
  findings: DataFinding[];
  facts: DataFacts;
}

/** Looks at the files of one format. Never rejects: trouble with a file is a finding. */
export type Inspector<D extends Data> = (
  data: D,
  resolve: (path: string) => string,
) => Promise<Inspection>;

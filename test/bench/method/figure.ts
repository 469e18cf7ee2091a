import type { Report } from '../../../server/src/protocol/generated';

/** A spec as plain data: JSON is YAML. */
export type Spec = Record<string, unknown>;

/** How the first network of a trial comes to be; equal starts are trained once. */
export interface Start {
  seed: number;
  data: Spec;
  model: Spec;
  /** The folder of a published network that is trained on; drawn by the seed where left out. */
  weights?: string;
  train: Spec;
}

/** One run of a figure. */
export interface Trial {
  start: Start;
  /** What the spec says besides `data`, `model` and `start`. */
  spec: Spec;
  rows(report: Report): Row[];
}

/** One outcome, a line of the figure's table; lines of the same name over several seeds become one. */
export interface Row {
  name: string;
  values: Record<string, number | null | undefined>;
}

/** A figure of docs/results.md: the trials of each seed and how to read them. */
export interface Figure {
  name: string;
  title: string;
  trials(seed: number): Trial[];
}

/** Shares are shown in percent, seconds and everything else as they are. */
export const percent = (share: number | null | undefined) => share && 100 * share;

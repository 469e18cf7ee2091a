import type { Data } from '../../../spec/experiment';

/** What a look at the first samples of a data set shows. */
export interface DataPreview {
  /** Samples that were looked at: the first ones for training. */
  looked: number;
  /** How many of them each label has, as the files say it, in the order of labels. */
  classes: { label: string; count: number }[];
  /** Mean and standard deviation of all values: of images, from 0 to 1. */
  spread?: Spread;
  /** Of tables: the first columns but the label, each with its own spread. */
  columns?: ({ name: string } & Spread)[];
  /** The first image of each label. */
  images?: PreviewImage[];
  /** The first texts. */
  texts?: { label: string; text: string }[];
}

export interface Spread {
  mean: number;
  deviation: number;
}

/** A grey or coloured image. */
export interface PreviewImage {
  label: string;
  width: number;
  height: number;
  /** Numbers a pixel: 1 of grey, 3 of red, green and blue. */
  channels: 1 | 3;
  /** From 0 to 255, row by row, the channels of a pixel side by side. */
  pixels: Uint8Array;
}

/**
 * Looks at the first samples of one format.
 * @throws DataProblem where the files are not sound; errors of the file system as they come
 */
export type Previewer<D extends Data> = (
  data: D,
  context: PreviewContext,
) => DataPreview | Promise<DataPreview>;

export interface PreviewContext {
  /** Name of the entry in the spec; with the seed, it keys what is drawn at random. */
  name: string;
  seed: number;
  /** The absolute path of a file that the spec names. */
  resolvePath: (path: string) => string;
}

/** Mean and standard deviation, each value times `scale`; of nothing, not numbers. */
export function spreadOf(values: Iterable<number>, scale = 1): Spread {
  let [count, sum, squares] = [0, 0, 0];
  for (const value of values) {
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { mean: mean * scale, deviation: deviation * scale };
}

/** How often each label occurs, in the order of numbers or, where not all are numbers, of texts. */
export function countLabels(labels: Iterable<string>): DataPreview['classes'] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const areNumbers = [...counts.keys()].every((label) => label !== '' && !isNaN(Number(label)));
  const classes = [...counts].map(([label, count]) => ({ label, count }));
  return classes.sort((a, b) =>
    areNumbers ? Number(a.label) - Number(b.label) : a.label < b.label ? -1 : 1,
  );
}

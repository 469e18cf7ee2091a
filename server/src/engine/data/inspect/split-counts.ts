import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/** How many samples go where. */
export interface SplitCounts {
  /** Training samples, before `limit`. */
  train: number;
  test: number;
}

/**
 * Divides `count` samples so that each side has one at least.
 * @throws DataProblem where there is only one sample
 */
export function splitCounts(count: number, testFraction: number, file: DataFile): SplitCounts {
  if (count < 2) {
    const message = `\`${file.path}\` has only one sample, so none can be set aside for testing.`;
    throw new DataProblem('fip/data-empty', message, file.pointer);
  }
  const test = Math.min(count - 1, Math.max(1, Math.round(count * testFraction)));
  return { train: count - test, test };
}

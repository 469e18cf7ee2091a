import { trials } from './trials';
import type { Times, Trial } from './trials';

/** The value below which a share of all lies; the nearest of those measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** One table in Markdown: median and 95th percentile of each server, and ours over the other's. */
export function tableOf(names: readonly [string, string], times: readonly Times[][]): string {
  const header = [
    'milliseconds',
    ...names.flatMap((name) => [`${name}: median`, 'p95']),
    'ratio of medians',
    'of p95',
  ];
  const rows = trials.map((trial) => rowOf(trial, times));
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function rowOf(trial: Trial, times: readonly Times[][]): string[] {
  const found = times.map((rounds) => rounds.map((round) => round[trial]));
  const [medians, tails] = [0.5, 0.95].map((share) => found.map((all) => quantile(all, share)));
  const ratio = ([ours = NaN, theirs = NaN]: number[] = []) => (ours / theirs).toFixed(3);
  const cells = found.flatMap((_, i) => [medians?.[i] ?? NaN, tails?.[i] ?? NaN]);
  return [trial, ...cells.map((cell) => cell.toPrecision(3)), ratio(medians), ratio(tails)];
}

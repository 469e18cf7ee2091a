/**
 * Whether an expectation holds, from what a run has measured. Pure and shared: the engine judges for the report, the
 * editor judges anew while the user changes a bound.
 */
import type { LegReport, Metrics } from './generated';
import { isPartOf } from './sub-legs';

/** An expectation as a spec states it. */
export interface ExpectedBounds {
  metric: string;
  on?: string;
  at: string;
  at_least?: number;
  at_most?: number;
  drop_at_most?: number;
}

/** What has been measured of a run. */
export interface Measured {
  start?: Metrics | undefined;
  /** The legs that have a report, in order. */
  legs: readonly LegReport[];
  /** The names of all legs to walk; where left out, there are no others. */
  plan?: readonly string[];
  /** Whether the whole path was walked. */
  completed: boolean;
}

export interface Judgement {
  value: number | null;
  passed: boolean;
  /** The outcome in a sentence. */
  message: string;
}

/** The judgement; undefined where the run has not come to the expectation's moment. */
export function judgeExpectation(
  expected: ExpectedBounds,
  measured: Measured,
): Judgement | undefined {
  const metrics = metricsAt(expected.at, measured);
  if (!metrics) return undefined;
  const value = valueOf(metrics, expected);
  const before = measured.start ? valueOf(measured.start, expected) : null;
  const misses = value === null ? [] : missed(expected, value, before);
  return {
    value,
    passed: value !== null && misses.length === 0,
    message: sentence(expected, value, misses),
  };
}

/** A leg of several tasks ends with the last of them. */
function metricsAt(at: string, { start, legs, plan, completed }: Measured): Metrics | undefined {
  if (at === 'start') return start;
  if (at === 'end') return completed ? (legs.at(-1)?.end ?? start) : undefined;
  const names = plan ?? legs.map(({ leg }) => leg);
  const wanted = names.findLast((name) => isPartOf(name, at));
  const leg = legs.find(({ leg: name }) => name === wanted);
  return leg?.status === 'completed' ? leg.end : undefined;
}

/** The measured number that an expectation speaks of; an output distance without `on` is the held-out one. */
function valueOf(metrics: Metrics, { metric, on }: ExpectedBounds): number | null {
  const measured = metrics[metric];
  if (typeof measured !== 'object' || measured === null) return measured ?? null;
  return measured[on ?? 'held_out'] ?? null;
}

/** Each bound that was missed, in words; empty where all hold. */
function missed(expected: ExpectedBounds, value: number, before: number | null): string[] {
  const { metric, at_least: least, at_most: most, drop_at_most: drop } = expected;
  const shown = (bound: number) => inWords(metric, bound);
  const misses: string[] = [];
  if (least !== undefined && !(value >= least)) misses.push(`at least ${shown(least)}`);
  if (most !== undefined && !(value <= most)) misses.push(`at most ${shown(most)}`);
  if (drop !== undefined && !(before !== null && before - value <= drop))
    misses.push(
      `a fall of at most ${shown(drop)} from ${before === null ? 'an unknown start' : shown(before)}`,
    );
  return misses;
}

function sentence(expected: ExpectedBounds, value: number | null, misses: string[]): string {
  const { metric, on, at } = expected;
  const name = metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll('_', ' ');
  const place = on === undefined ? '' : ` on ${on === 'held_out' ? 'held-out samples' : on}`;
  const moment = at === 'end' || at === 'start' ? `the ${at}` : `the end of ${at}`;
  const what = `${name}${place} at ${moment}`;
  if (value === null) return `${what} was not measured.`;
  const outcome = misses.length > 0 ? `; expected was ${misses.join(' and ')}` : ', as expected';
  return `${what} is ${inWords(metric, value)}${outcome}.`;
}

/** Shares as percentages, as every view shows them. */
function inWords(metric: string, value: number): string {
  const isShare = ['accuracy', 'accuracy_within', 'sparsity'].includes(metric);
  const digits = String(Number((isShare ? 100 * value : value).toPrecision(4)));
  return isShare ? `${digits} %` : digits;
}

import type { ExpectationResult } from '../protocol/generated';
import type { Expectation, Experiment } from '../spec/experiment';
import { percent, short } from './format';
import type { Style } from './style';

/** One line for each judged expectation: a mark, the measured value, and the bound. */
export function expectationLines(
  results: readonly ExpectationResult[],
  experiment: Experiment | undefined,
  style: Style,
): string[] {
  return results.map((result) => {
    const mark = result.passed ? style.green('✓') : style.red('✗');
    return `${mark} ${describe(result, experiment?.expect[indexOf(result.pointer)])}`;
  });
}

function describe(result: ExpectationResult, expectation: Expectation | undefined): string {
  const show = valueFormat(result.metric);
  const on = result.on === undefined ? '' : ` on ${result.on}`;
  const bound = expectation ? ` (${boundText(expectation)})` : '';
  return `${result.metric.replaceAll('_', ' ')}${on} at ${result.at}: ${show(result.value)}${bound}`;
}

function boundText(expectation: Expectation): string {
  const show = valueFormat(expectation.metric);
  const { at_least, at_most, drop_at_most } = expectation;
  const parts = [
    at_least === undefined ? [] : [`at least ${show(at_least)}`],
    at_most === undefined ? [] : [`at most ${show(at_most)}`],
    drop_at_most === undefined ? [] : [`may fall by ${show(drop_at_most)}`],
  ];
  return parts.flat().join(', ');
}

function valueFormat(metric: string): (value: number | null) => string {
  return ['accuracy', 'accuracy_within', 'sparsity'].includes(metric) ? percent : short;
}

function indexOf(pointer: string): number {
  return Number(/^\/expect\/(\d+)$/.exec(pointer)?.[1] ?? -1);
}

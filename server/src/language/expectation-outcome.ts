/** How a run answers an expectation as it stands in the text now. */
import {
  judgeExpectation,
  type ExpectedBounds,
  type Judgement,
} from '../protocol/judge-expectation';
import type { ExpectationFact } from '../spec/spec-facts';
import type { LatestRun } from './latest-run';

/**
 * Judges an expectation by what a run measured; undefined where the run has not come to its moment, or the text is no
 * expectation yet. A changed bound is judged anew, since the measured value is still there.
 */
export function outcomeOf({ value }: ExpectationFact, { view }: LatestRun): Judgement | undefined {
  if (!isExpectation(value)) return undefined;
  return judgeExpectation(value, {
    start: view.start,
    legs: view.legs.flatMap(({ report }) => (report ? [report] : [])),
    plan: view.legs.map(({ leg }) => leg),
    completed: view.status === 'completed',
  });
}

/** A half-typed spec may hold anything. */
function isExpectation(value: object): value is ExpectedBounds {
  const { metric, at, on, ...bounds } = value as Record<string, unknown>;
  return (
    typeof metric === 'string' &&
    typeof at === 'string' &&
    (on === undefined || typeof on === 'string') &&
    Object.values(bounds).every((bound) => typeof bound === 'number')
  );
}

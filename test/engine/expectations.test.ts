import { describe, expect, test } from 'vitest';
import { judgeExpectations } from '../../server/src/engine/metrics/expectations';
import type { LegReport, Metrics } from '../../server/src/protocol/generated';
import type { Expectation, Experiment } from '../../server/src/spec/experiment';

const metrics = (accuracy: number | null, sparsity = 0): Metrics => ({
  accuracy: { digits: accuracy },
  loss: { digits: 0.1 },
  sparsity,
  output_distance: { memory: 0.1, held_out: 0.2, digits: 0.2 },
});
const leg = (end: Metrics, status: LegReport['status'] = 'completed'): LegReport => ({
  leg: 'prune',
  objective: 'sparsify',
  status,
  steps: 3,
  seconds: 1,
  end,
});
const judge = (expectation: Expectation, completed = true, end = metrics(0.9, 0.8)) =>
  judgeExpectations({ expect: [expectation] } as unknown as Experiment, {
    start: metrics(0.95),
    legs: [leg(end, completed ? 'completed' : 'stopped')],
    completed,
  });

describe('expectations', () => {
  test.each([
    [{ metric: 'accuracy', on: 'digits', at: 'end', at_least: 0.9 }, true],
    [{ metric: 'accuracy', on: 'digits', at: 'end', at_least: 0.91 }, false],
    [{ metric: 'accuracy', on: 'digits', at: 'prune', at_most: 0.89 }, false],
    [{ metric: 'accuracy', on: 'digits', at: 'end', drop_at_most: 0.06 }, true],
    [{ metric: 'accuracy', on: 'digits', at: 'end', drop_at_most: 0.04 }, false],
    [{ metric: 'accuracy', on: 'digits', at: 'start', at_least: 0.94 }, true],
    [{ metric: 'sparsity', at: 'end', at_least: 0.8 }, true],
    [{ metric: 'output_distance', at: 'end', at_most: 0.15 }, false],
    [{ metric: 'output_distance', on: 'memory', at: 'end', at_most: 0.15 }, true],
  ] as const)('%o -> %s', (expectation, passed) => {
    expect(judge(expectation)[0]?.passed).toBe(passed);
  });

  test('say what was measured and what was expected', () => {
    const [result] = judge({ metric: 'accuracy', on: 'digits', at: 'end', at_least: 0.91 });
    expect(result).toMatchObject({ pointer: '/expect/0', value: 0.9, on: 'digits', at: 'end' });
    expect(result?.message).toBe(
      'Accuracy on digits at the end is 90 %; expected was at least 91 %.',
    );
  });

  test('of a value that is not a number fail', () => {
    const [result] = judge(
      { metric: 'accuracy', on: 'digits', at: 'end', at_most: 1 },
      true,
      metrics(null),
    );
    expect(result).toMatchObject({ value: null, passed: false });
    expect(result?.message).toBe('Accuracy on digits at the end was not measured.');
  });

  test('whose moment has not come are not judged', () => {
    expect(judge({ metric: 'sparsity', at: 'end', at_least: 0.8 }, false)).toEqual([]);
    expect(judge({ metric: 'sparsity', at: 'prune', at_least: 0.8 }, false)).toEqual([]);
  });
});

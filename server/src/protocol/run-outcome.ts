/** What a list tells of a run in one line. Pure. */
import type { Metrics, NumbersByName } from './generated';
import type { RunView } from './run-view';

export interface RunOutcome {
  /** What computes it; missing before it has begun. */
  backend?: string;
  /** Seconds of computing, once it has ended. */
  seconds?: number;
  /** Of the last measured network, by data set. */
  accuracy?: NumbersByName;
  /** Of the last measured network, 0 to 1. */
  sparsity?: number | null;
  /** How many expectations were judged, and hold. */
  expectations?: { passed: number; total: number };
}

export function outcomeOf(view: RunView): RunOutcome {
  const { backend, report } = view;
  const metrics = lastMetrics(view);
  const judged = report?.expectations ?? [];
  const passed = judged.filter((expectation) => expectation.passed).length;
  return {
    ...(backend && { backend: backend.name }),
    ...(report && { seconds: report.seconds }),
    ...(metrics && { accuracy: metrics.accuracy, sparsity: metrics.sparsity }),
    ...(judged.length > 0 && { expectations: { passed, total: judged.length } }),
  };
}

/** The measurement that a run stands at. */
export function lastMetrics({ legs, start }: RunView): Metrics | undefined {
  const begun = legs.filter(({ checkpoints }) => checkpoints.length > 0).at(-1);
  return begun?.report?.end ?? begun?.checkpoints.at(-1)?.metrics ?? start;
}

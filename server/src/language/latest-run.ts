/** The run that an editor shows beside a spec. */
import type { RunStatus, RunSummary } from '../protocol/messages';
import { isPartOf } from '../protocol/sub-legs';
import type { LegView, RunView } from '../protocol/run-view';

export interface LatestRun {
  summary: RunSummary;
  view: RunView;
  /** Whether the spec computes something else by now. */
  stale: boolean;
}

const living: readonly RunStatus[] = ['starting', 'running', 'stopping'];

/** Whether the run's engine is at work. */
export function isLiving({ summary }: LatestRun): boolean {
  return living.includes(summary.status);
}

/** The leg of that name, where the run has begun it; of one with several tasks, the last leg that was begun. */
export function begunLeg(run: LatestRun, name: string | undefined): LegView | undefined {
  return run.view.legs.findLast(
    ({ leg, status, checkpoints }) =>
      isPartOf(leg, name) && (status !== 'waiting' || checkpoints.length > 0),
  );
}

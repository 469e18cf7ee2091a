/** The run that an editor shows beside a spec. */
import type { RunStatus, RunSummary } from '../protocol/messages';
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

/** The leg of that name, where the run has begun it. */
export function begunLeg(run: LatestRun, name: string | undefined): LegView | undefined {
  const leg = run.view.legs.find((candidate) => candidate.leg === name);
  return leg && (leg.status !== 'waiting' || leg.checkpoints.length > 0) ? leg : undefined;
}

/** How long a leg takes. */
import type { LegView } from '../protocol/run-view';
import { isLiving } from './latest-run';
import type { LatestRun } from './latest-run';
import { durationText } from './numbers';

/** ` in 12 s` of a leg that has ended, ` · about 30 s to go` of one that is being walked; nothing where none can tell. */
export function legTime(run: LatestRun, leg: LegView): string {
  if (leg.report) return ` in ${durationText(leg.report.seconds)}`;
  const left = isLiving(run) && leg.status === 'running' ? secondsLeft(leg) : undefined;
  return left === undefined ? '' : ` · about ${durationText(left)} to go`;
}

/**
 * As fast as since the last checkpoint that lies two steps back or more: the time for which a run was interrupted soon
 * counts no more.
 */
function secondsLeft({ checkpoints, lastStep, step, steps }: LegView): number | undefined {
  const since = checkpoints.findLast((checkpoint) => checkpoint.step < step - 1) ?? checkpoints[0];
  const now = lastStep?.step === step ? lastStep : checkpoints.at(-1);
  if (!since || !now || now.step <= since.step) return undefined;
  const seconds = (Date.parse(now.time) - Date.parse(since.time)) / 1000;
  return (seconds / (now.step - since.step)) * (steps - step);
}

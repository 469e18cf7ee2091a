/** What notifications and the status item say about runs. Pure, so that it can be tested without an editor. */
import type { RunSummary } from '../../../server/src/protocol/messages';
import {
  describeActivity,
  runProgress,
  type Translate,
} from '../../../server/src/protocol/run-progress';
import { runName } from '../../../server/src/protocol/run-name';
import type { RunView } from '../../../server/src/protocol/run-view';
import type { TrackedRun } from './run-tracker';

/** How a run is named to people: the experiment and the run. */
export function runTitle(summary: RunSummary): string {
  return `${summary.name} (${runName(summary)})`;
}

/** What an active run is doing, such as `Leg prune: step 23 of 60`. */
export function activityText({ summary, view }: TrackedRun, t: Translate): string {
  if (summary.status === 'stopping') return t('Stopping: finishes the step and saves');
  // What is known of a run that is being resumed is how it ended before.
  if (summary.status === 'starting') return describeActivity({ kind: 'starting' }, t);
  return describeActivity(runProgress(view).activity, t);
}

/** Whole per cent of the run that is done. */
export function percentDone({ view }: TrackedRun): number {
  return Math.floor(100 * runProgress(view).fraction);
}

/** The text of the status item: the newest run, its backend, and how many others; undefined while nothing runs. */
export function statusItemText(active: readonly TrackedRun[], t: Translate): string | undefined {
  const [newest, ...others] = active;
  if (!newest) return undefined;
  const { backend } = newest.view;
  const done = t('{0} {1} %', runName(newest.summary), percentDone(newest));
  const text = backend ? t('{0} on {1}', done, backend.name) : done;
  return others.length === 0 ? text : t('{0} (and {1} more)', text, others.length);
}

/** The lines that explain the status item, one for each active run. */
export function statusItemTooltip(active: readonly TrackedRun[], t: Translate): string {
  const lines = active.map((run) => {
    const doing = t(
      '{0}: {1}, {2} %',
      runTitle(run.summary),
      activityText(run, t),
      percentDone(run),
    );
    const { backend } = run.view;
    return backend ? t('{0}, on {1}', doing, backend.device) : doing;
  });
  return [...lines, t('Click to show the results.')].join('\n');
}

/** What is said when a run has ended: a failure loudly, everything else (also what the user `killed`) in passing. */
export function endText(
  summary: RunSummary,
  view: RunView,
  t: Translate,
  killed = false,
): { failure: boolean; text: string } {
  const title = runTitle(summary);
  if (killed) {
    const text = t('{0} was killed. Resume goes on from its last saved step.', title);
    return { failure: false, text };
  }
  switch (summary.status) {
    case 'failed':
      return { failure: true, text: t('{0} failed. {1}', title, failureReason(summary, view, t)) };
    case 'interrupted':
      return { failure: true, text: interruptedText(title, summary, t) };
    case 'stopped':
      return { failure: false, text: t('{0} stopped and saved. It can be resumed.', title) };
    default:
      return { failure: false, text: completedText(title, view, t) };
  }
}

function failureReason(summary: RunSummary, view: RunView, t: Translate): string {
  return view.report?.reason ?? summary.reason ?? t('The log says more.');
}

function interruptedText(title: string, { reason }: RunSummary, t: Translate): string {
  const why = reason ?? t('Its engine is gone. Resume goes on from the last saved step.');
  return t('{0} was interrupted. {1}', title, why);
}

function completedText(title: string, view: RunView, t: Translate): string {
  const expectations = view.report?.expectations ?? [];
  const passed = expectations.filter((expectation) => expectation.passed).length;
  if (expectations.length === 0) return t('{0} completed.', title);
  return t('{0} completed: {1} of {2} expectations hold.', title, passed, expectations.length);
}

import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { runProgress } from '../../../server/src/protocol/run-progress';
import type { Services } from '../services';
import { t } from '../translate';
import { killRun } from './kill-run';
import { isActive } from './run-states';
import { activityText, runTitle } from './run-texts';
import type { TrackedRun } from './run-tracker';

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** After so long without an end, a stopping run is offered to be killed. A step of a large network may take seconds. */
const PATIENCE_MS = 20_000;

/** Shows the progress of a run that the user began, until it ends. Its Cancel button is Stop. */
export async function showProgress(summary: RunSummary, services: Services): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: runTitle(summary),
  };
  const ended = await vscode.window.withProgress(options, (progress, token) =>
    Promise.race([follow(summary, services, progress), cancelled(token)]),
  );
  if (ended === 'cancelled') await showStopping(summary, services);
}

/** Stops the run and says so at once: the notification with the Cancel button closes as that is pressed. */
export async function showStopping(summary: RunSummary, services: Services): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: runTitle(summary) };
  const patience = setTimeout(() => void offerKill(summary, services), PATIENCE_MS);
  await vscode.window.withProgress(options, async (progress) => {
    progress.report({ message: t('Stopping: finishes the step and saves') });
    const ended = follow(summary, services, progress);
    await services.api.stop(summary.run, 'stop');
    await ended;
  });
  clearTimeout(patience);
}

async function offerKill(summary: RunSummary, services: Services): Promise<void> {
  const kill = t('Kill');
  const answer = await vscode.window.showWarningMessage(
    t('{0} is still finishing its step. Killing it loses that step only.', runTitle(summary)),
    kill,
    t('Wait'),
  );
  if (answer === kill) await killRun(summary.run, services);
}

/** Resolves when the run has ended; reports until then. */
function follow({ run }: RunSummary, { tracker }: Services, progress: Progress): Promise<'ended'> {
  const report = createReporter(progress);
  return new Promise((resolve) => {
    const subscription = tracker.onChange((tracked) => {
      if (tracked.summary.run !== run) return;
      report(tracked);
      if (isActive(tracked.summary)) return;
      subscription.dispose();
      resolve('ended');
    });
    if (tracker.active().some(({ summary }) => summary.run === run)) return;
    subscription.dispose();
    resolve('ended');
  });
}

/** VS Code wants increments in per cent; runs know how far they are. */
function createReporter(progress: Progress): (run: TrackedRun) => void {
  let shown = 0;
  return (run) => {
    const percent = 100 * runProgress(run.view).fraction;
    progress.report({ message: activityText(run, t), increment: Math.max(0, percent - shown) });
    shown = Math.max(shown, percent);
  };
}

function cancelled(token: vscode.CancellationToken): Promise<'cancelled'> {
  return new Promise((resolve) => token.onCancellationRequested(() => resolve('cancelled')));
}

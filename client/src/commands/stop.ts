import * as vscode from 'vscode';
import { killRun } from '../runs/kill-run';
import { showStopping } from '../runs/progress-notification';
import type { Services } from '../services';
import { t } from '../translate';
import { targetRun } from './target-run';

/** Stop: the run finishes its step, saves, and can be resumed. */
export async function stopRun(services: Services, argument?: unknown): Promise<void> {
  const summary = await activeRun(services, argument);
  if (summary) await showStopping(summary, services);
}

/** Kill: the run's engine ends at once; the step in flight is lost. */
export async function killByUser(services: Services, argument?: unknown): Promise<void> {
  const summary = await activeRun(services, argument);
  if (summary) await killRun(summary.run, services);
}

async function activeRun(services: Services, argument: unknown) {
  const active = services.tracker.active().map(({ summary }) => summary);
  if (active.length === 0) {
    await vscode.window.showInformationMessage(t('No experiment is running.'));
    return undefined;
  }
  return targetRun(argument, active, services);
}

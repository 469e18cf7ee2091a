import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { isResumable } from '../runs/run-states';
import type { Services } from '../services';
import { t } from '../translate';
import { showStarted } from './started-run';
import { runIdOf, targetRun } from './target-run';
import { targetSpec } from './target-spec';
import { requireTrust } from './trust';

/** Resume: a stopped, interrupted or failed run goes on from its last saved step. */
export async function resumeRun(services: Services, argument?: unknown): Promise<void> {
  if (!(await requireTrust())) return;
  const candidates = await resumableRuns(services, argument);
  if (candidates.length === 0) {
    await vscode.window.showInformationMessage(
      t('There is no run to resume: none was stopped, interrupted or failed.'),
    );
    return;
  }
  const summary = await targetRun(argument, candidates, services);
  if (!summary) return;
  const result = await services.api.resume(summary.run);
  await showStarted(vscode.Uri.parse(summary.uri), result, services);
}

async function resumableRuns(services: Services, argument: unknown): Promise<RunSummary[]> {
  const isRun = runIdOf(argument) !== undefined;
  const uri = isRun ? undefined : targetSpec(argument, services)?.toString();
  return (await services.api.list(uri)).filter(isResumable);
}

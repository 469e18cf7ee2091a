import * as vscode from 'vscode';
import type { StartRunResult } from '../../../server/src/protocol/messages';
import { showProgress } from '../runs/progress-notification';
import type { Services } from '../services';
import { t } from '../translate';

/** Shows what became of a request to start or resume a run: its panel and progress, or why it was refused. */
export async function showStarted(
  uri: vscode.Uri,
  result: StartRunResult,
  services: Services,
): Promise<void> {
  if (!result.started) {
    await showRefusal(result.reason);
    return;
  }
  services.tracker.changed(result.summary);
  services.panels.show(uri, { run: result.summary.run, preserveFocus: true });
  await showProgress(result.summary, services);
}

async function showRefusal(reason: string): Promise<void> {
  const problems = t('Show Problems');
  const answer = await vscode.window.showErrorMessage(reason, problems);
  if (answer === problems) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { runName } from '../../../server/src/protocol/run-name';
import { runSpecUri } from '../runs-view/run-spec-content';
import type { ServerApi } from '../server-api';
import { t } from '../translate';

/** Shows what differs between the specs that two runs were started from, in VS Code's own difference editor. */
export async function compareSpecs(
  [first, second]: [string, string],
  api: ServerApi,
): Promise<void> {
  const [a, b] = await Promise.all([summaryOf(first, api), summaryOf(second, api)]);
  const title = t('Specs of {0} ↔ {1}', runName(a), runName(b));
  await vscode.commands.executeCommand('vscode.diff', runSpecUri(a), runSpecUri(b), title);
}

/** @throws where the run is gone */
export async function summaryOf(run: string, api: ServerApi): Promise<RunSummary> {
  const { summary } = await api.events(run, Number.MAX_SAFE_INTEGER);
  return summary;
}

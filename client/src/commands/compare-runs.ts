import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { runTitle } from '../runs/run-texts';
import type { Services } from '../services';
import { t } from '../translate';
import { nodesOf } from './run-node';

/** Compare Runs: those selected in the Runs view, or those that the user picks; as many as there are. */
export async function compareRuns(
  { api, panels }: Services,
  clicked?: unknown,
  selected?: unknown,
): Promise<void> {
  const marked = nodesOf(clicked, selected).map(({ summary }) => summary);
  const runs = marked.length > 1 ? marked : await pickRuns(await api.list(), marked[0]);
  const [first] = runs;
  if (!first) return;
  if (runs.length < 2) {
    await vscode.window.showInformationMessage(t('Choose two runs or more to compare them.'));
    return;
  }
  panels.show(vscode.Uri.parse(first.uri), { compare: runs });
}

async function pickRuns(
  all: readonly RunSummary[],
  marked: RunSummary | undefined,
): Promise<RunSummary[]> {
  const items = all.map((summary) => ({
    label: runTitle(summary),
    description: new Date(summary.started).toLocaleString(),
    picked: summary.run === marked?.run,
    summary,
  }));
  const placeHolder = t('Which runs?');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  return (picked ?? []).map(({ summary }) => summary);
}

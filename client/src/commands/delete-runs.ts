import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { runName } from '../../../server/src/protocol/run-name';
import { isActive } from '../runs/run-states';
import { runTitle } from '../runs/run-texts';
import type { Services } from '../services';
import { t } from '../translate';
import { nodesOf } from './run-node';

/** Delete Run: asks, then deletes the folders of the selected runs. Those that run are left alone. */
export async function deleteRuns(
  { api }: Services,
  clicked?: unknown,
  selected?: unknown,
): Promise<void> {
  const runs = nodesOf(clicked, selected).map(({ summary }) => summary);
  const ended = runs.filter((run) => !isActive(run));
  if (ended.length < runs.length)
    void vscode.window.showWarningMessage(
      t('A run that is going on is not deleted. Stop it first.'),
    );
  if (ended.length === 0 || !(await confirm(ended))) return;
  for (const { run } of ended) await api.delete(run);
}

async function confirm(runs: readonly RunSummary[]): Promise<boolean> {
  const [first] = runs;
  const question =
    runs.length === 1 && first
      ? t('Delete {0}?', runTitle(first))
      : t('Delete {0} runs?', runs.length);
  const names = runs.length === 1 ? '' : `${runs.map(runName).join(', ')}. `;
  const detail = t('{0}Curves, weights and the report go with it. This cannot be undone.', names);
  const yes = t('Delete');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

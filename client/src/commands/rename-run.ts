import * as vscode from 'vscode';
import { runName } from '../../../server/src/protocol/run-name';
import type { Services } from '../services';
import { t } from '../translate';
import { isRunNode } from './run-node';

/** Rename Run: lists and titles call the run by this name; its folder stays. */
export async function renameRun({ api }: Services, node?: unknown): Promise<void> {
  if (!isRunNode(node)) return;
  const { summary } = node;
  const label = await vscode.window.showInputBox({
    title: t('Rename {0}', runName(summary)),
    prompt: t('Leave it empty to call the run {0} again.', summary.nickname),
    value: runName(summary),
  });
  if (label === undefined) return;
  await api.rename(summary.run, label.trim() === summary.nickname ? '' : label);
}

import * as vscode from 'vscode';
import { runName } from '../../../server/src/protocol/run-name';
import { runSpecUri } from '../runs-view/run-spec-content';
import type { Services } from '../services';
import { t } from '../translate';
import { isRunNode } from './run-node';

/** Compare Spec with Run: what has changed in the spec since the run, in VS Code's own difference editor. */
export async function compareRunSpec(_: Services, node?: unknown): Promise<void> {
  if (!isRunNode(node)) return;
  const { summary } = node;
  const title = t('Spec of {0} ↔ now', runName(summary));
  const now = vscode.Uri.parse(summary.uri);
  await vscode.commands.executeCommand('vscode.diff', runSpecUri(summary), now, title);
}

/** Open Spec as It Was: the text that the run was started from. */
export async function openRunSpec(_: Services, node?: unknown): Promise<void> {
  if (isRunNode(node)) await vscode.window.showTextDocument(runSpecUri(node.summary));
}

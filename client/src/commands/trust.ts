import * as vscode from 'vscode';
import { t } from '../translate';

/** Whether runs are allowed here; says why not, and what to do, where they are not. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    t('This workspace is in Restricted Mode, so nothing is run. Trust it to run experiments.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}

import * as vscode from 'vscode';
import type { Services } from '../services';
import { isRunNode } from './run-node';

/** Reveal Run Folder: in the file manager, or in the Explorer where the files are on another machine. */
export async function revealRun(_: Services, node?: unknown): Promise<void> {
  if (!isRunNode(node)) return;
  const uri = vscode.Uri.file(node.summary.folder);
  const isRemote = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  await vscode.commands.executeCommand(isRemote ? 'revealInExplorer' : 'revealFileInOS', uri);
}

import * as vscode from 'vscode';
import type { Services } from '../services';
import { isNode } from './run-node';

/** Open Spec: the experiment's file. */
export async function openSpec(_: Services, node?: unknown): Promise<void> {
  if (!isNode(node)) return;
  const uri = node.kind === 'experiment' ? node.uri : node.summary.uri;
  await vscode.window.showTextDocument(vscode.Uri.parse(uri));
}

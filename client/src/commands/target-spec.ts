import * as vscode from 'vscode';
import type { Services } from '../services';
import { isNode } from './run-node';

/**
 * The spec that a command is about: its argument (a URI from a menu, its text from a code lens, or a line of the Runs view), else the spec in
 * the active editor, else that of the active results panel.
 */
export function targetSpec(argument: unknown, services: Services): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string' && isUri(argument)) return vscode.Uri.parse(argument);
  if (isNode(argument))
    return vscode.Uri.parse(argument.kind === 'run' ? argument.summary.uri : argument.uri);
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'fip') return document.uri;
  return services.panels.activeUri();
}

/** Ids of runs have no colon; every URI has one. */
export function isUri(text: string): boolean {
  return text.includes(':');
}

import * as vscode from 'vscode';
import type { ServerApi } from '../server-api';

/** Opens the spec and shows the part that a JSON pointer names; the top of the file where it cannot be found. */
export async function revealPointer(
  uri: vscode.Uri,
  pointer: string,
  api: ServerApi,
): Promise<void> {
  const column = visibleColumn(uri) ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: column });
  const found = await api.locate(uri.toString(), pointer);
  if (!found) return;
  const { start, end } = found;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function visibleColumn(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const shown = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  return shown?.viewColumn;
}

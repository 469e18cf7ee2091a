import * as vscode from 'vscode';
import type { InitializationOptions } from '../../server/src/protocol/messages';

/** The settings that the language server needs, as they stand now. Empty ones are left out. */
export function readSettings(): InitializationOptions {
  const configuration = vscode.workspace.getConfiguration('fip');
  const dataRoot = configuration.get<string>('dataRoot', '').trim();
  const nodePath = configuration.get<string>('nodePath', '').trim();
  const diagnostics = configuration.get<InitializationOptions['diagnostics']>('diagnostics', {});
  return {
    trusted: vscode.workspace.isTrusted,
    richHovers: true,
    ...(dataRoot && { dataRoot }),
    ...(nodePath && { nodePath }),
    ...(diagnostics && Object.keys(diagnostics).length > 0 && { diagnostics }),
  };
}

/** Calls `listener` when a setting of ours or the trust in the workspace changes. */
export function onSettingsChanged(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(listener),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('fip')) listener();
    }),
  );
}

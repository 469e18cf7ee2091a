import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';

/** A scheme of its own: the copy can be read and compared, but neither edited nor run by mistake. */
const SCHEME = 'fip-run';

/** The spec that a run was started from, as a document that cannot be edited. */
export function runSpecUri({ folder }: RunSummary): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(folder), 'spec.fip.yaml').with({ scheme: SCHEME });
}

/** Gives the documents of `runSpecUri` their text. */
export function provideRunSpecs(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      const bytes = await vscode.workspace.fs.readFile(uri.with({ scheme: 'file' }));
      return new TextDecoder().decode(bytes);
    },
  });
}

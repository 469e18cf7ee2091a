/** What the server tells an editor that it can do. */
import { TextDocumentSyncKind } from 'vscode-languageserver';
import type { ServerCapabilities } from 'vscode-languageserver';
import { semanticTokensLegend } from '../language/semantic-tokens';

export const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  diagnosticProvider: {
    interFileDependencies: false,
    workspaceDiagnostics: true,
    identifier: 'fip',
  },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [':', ' ', '-', '{', '[', ',', '/'] },
  inlayHintProvider: true,
  codeLensProvider: {},
  documentSymbolProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix'] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

import * as vscode from 'vscode';
import {
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type ServerOptions,
} from 'vscode-languageclient/node';
import { readSettings } from './settings';
import { t } from './translate';

/** The client of our language server, not yet started. The server is a process of its own beside the editor. */
export function createLanguageClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): LanguageClient {
  // The id is the prefix of the setting `fip.trace.server`.
  return new LanguageClient('fip', t('FIP Lab'), serverOptions(context), clientOptions(log));
}

function serverOptions(context: vscode.ExtensionContext): ServerOptions {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist/server/language-server.js').fsPath;
  // Native backends are installed there, and engines inherit it.
  const env = { FIP_BACKENDS: context.globalStorageUri.fsPath };
  const run = { module, transport: TransportKind.ipc, options: { env } };
  const debug = { ...run, options: { env, execArgv: ['--nolazy', '--inspect=6019'] } };
  return { run, debug };
}

function clientOptions(log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: 'file', language: 'fip' },
      { scheme: 'untitled', language: 'fip' },
    ],
    outputChannel: log,
    traceOutputChannel: log,
    initializationOptions: readSettings,
    // Hovers link to the results.
    markdown: { isTrusted: { enabledCommands: ['fip.showResults'] } },
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
  };
}

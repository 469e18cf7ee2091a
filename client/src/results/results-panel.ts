import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type {
  RunDeletedParams,
  RunSummary,
  RunStreamedParams,
} from '../../../server/src/protocol/messages';
import type { ServerApi } from '../server-api';
import { t } from '../translate';
import type { FromPanel, PanelAction, SaveMessage, ToPanel } from './messages';
import { compareSpecs } from './compare-specs';
import { PanelHost } from './panel-host';
import { revealPointer } from './reveal-pointer';
import { saveFile, saveWeights } from './save-file';
import { webviewHtml } from './webview-html';

/** One results panel: glue between VS Code's webview and the panel's host. */
export class ResultsPanel {
  readonly #host: PanelHost;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly uri: vscode.Uri,
    extensionUri: vscode.Uri,
    private readonly api: ServerApi,
  ) {
    const fileName = basename(uri.path);
    this.#host = new PanelHost(uri.toString(), fileName, this.#port(), api);
    panel.title = t('Results: {0}', fileName.replace(/\.fip\.ya?ml$/, ''));
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media/file-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media/file-dark.svg'),
    };
    this.#listen();
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.html = pageOf(panel.webview, extensionUri);
  }

  /** Brings the panel to the front, at a run where one is named. */
  show(run: string | undefined, preserveFocus: boolean): void {
    if (run !== undefined) this.#host.showRun(run);
    this.panel.reveal(undefined, preserveFocus);
  }

  /** Compares runs, also of other specs. */
  compare(runs: RunSummary[]): void {
    this.#host.compare(runs);
  }

  runChanged(summary: RunSummary): void {
    // The same file may be spelt in more than one way.
    this.#host.runChanged({ ...summary, uri: vscode.Uri.parse(summary.uri).toString() });
  }

  runDeleted(params: RunDeletedParams): void {
    this.#host.runDeleted(params);
  }

  runStreamed(params: RunStreamedParams): void {
    this.#host.runStreamed(params);
  }

  /** The spec, or the trust in the workspace, changed. */
  refresh(): void {
    void this.#host.sendRuns();
  }

  #listen(): void {
    const subscriptions = vscode.Disposable.from(
      this.panel.webview.onDidReceiveMessage((message: FromPanel) => this.#host.receive(message)),
      this.panel.onDidChangeViewState(() => {
        if (!this.panel.visible) this.#host.hidden();
      }),
    );
    this.panel.onDidDispose(() => void subscriptions.dispose());
  }

  #port() {
    return {
      post: (message: ToPanel) => void this.panel.webview.postMessage(message),
      act: (action: PanelAction, run?: string) => void this.#act(action, run),
      reveal: (pointer: string) => void revealPointer(this.uri, pointer, this.api),
      compareSpecs: (runs: [string, string]) => void this.#try(() => compareSpecs(runs, this.api)),
      exportWeights: (run: string, file: string) =>
        void this.#try(() => saveWeights(run, file, this.uri, this.api)),
      save: (file: SaveMessage) => void this.#try(() => saveFile(file, this.uri)),
      isTrusted: () => vscode.workspace.isTrusted,
    };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(t('FIP Lab could not do that: {0}', reason));
    }
  }

  async #act(action: PanelAction, run?: string): Promise<void> {
    switch (action) {
      case 'openSpec':
        await vscode.window.showTextDocument(this.uri, { viewColumn: vscode.ViewColumn.One });
        break;
      case 'manageTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        break;
      case 'retry':
        await this.#host.sendRuns();
        break;
      case 'run':
        await vscode.commands.executeCommand('fip.run', this.uri);
        break;
      default:
        await vscode.commands.executeCommand(`fip.${action}`, run);
    }
  }
}

/** The panel sees its own files and nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist/webview')],
  };
}

function pageOf(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const uriOf = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist/webview', file)).toString();
  return webviewHtml({
    cspSource: webview.cspSource,
    scriptUri: uriOf('results.js'),
    styleUri: uriOf('results.css'),
    nonce: randomBytes(16).toString('base64url'),
    language: vscode.env.language,
    translations: vscode.l10n.bundle ?? {},
  });
}

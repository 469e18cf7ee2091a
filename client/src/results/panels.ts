import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import type { ServerApi } from '../server-api';
import { PANEL_TYPE } from './messages';
import { OpenPanels, type Store } from './open-panels';
import { readPanelState } from './panel-state';
import { ResultsPanel, webviewOptions } from './results-panel';

/** After so long without typing, open panels learn whether their results are stale. */
const QUIET_MS = 600;

export interface ShowOptions {
  run?: string;
  /** Runs to compare, also of other specs. */
  compare?: RunSummary[];
  preserveFocus?: boolean;
}

/** The results panels of the window: one for each experiment, opened beside it, restored after a reload. */
export class ResultsPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #panels = new Map<string, ResultsPanel>();
  readonly #subscriptions: vscode.Disposable;
  readonly #open: OpenPanels;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly api: ServerApi,
    store: Store,
  ) {
    this.#open = new OpenPanels(store);
    this.#subscriptions = vscode.Disposable.from(
      api.onRunChanged((summary) => this.#each((panel) => panel.runChanged(summary))),
      api.onRunDeleted((params) => this.#each((panel) => panel.runDeleted(params))),
      api.onRunStreamed((params) => this.#each((panel) => panel.runStreamed(params))),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#changed(document.uri)),
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, this),
    );
  }

  /** Opens the panel of an experiment beside its editor, or brings it to the front. */
  show(uri: vscode.Uri, { run, compare, preserveFocus = false }: ShowOptions): void {
    const known = this.#panels.get(uri.toString());
    const panel = known ?? this.#adopt(this.#create(preserveFocus), uri);
    panel.show(run, preserveFocus);
    if (compare) panel.compare(compare);
  }

  /** The experiment of the panel that has the focus. */
  activeUri(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.uri;
  }

  /** Sends every panel the runs again, as after a change of trust or of the language server. */
  refresh(): void {
    this.#each((panel) => panel.refresh());
  }

  /** VS Code restores a panel; one of which nobody knows what it showed is closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const isOpen = (uri: string) => this.#panels.has(uri);
    const uri = readPanelState(state)?.uri ?? this.#open.find(panel.title, isOpen);
    if (uri !== undefined && !isOpen(uri)) this.#adopt(panel, vscode.Uri.parse(uri));
    else panel.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #create(preserveFocus: boolean): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      PANEL_TYPE,
      '',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
      { ...webviewOptions(this.extensionUri), enableFindWidget: true },
    );
  }

  #adopt(panel: vscode.WebviewPanel, uri: vscode.Uri): ResultsPanel {
    const results = new ResultsPanel(panel, uri, this.extensionUri, this.api);
    this.#panels.set(uri.toString(), results);
    this.#open.opened(uri.toString(), panel.title);
    panel.onDidDispose(() => {
      this.#panels.delete(uri.toString());
      this.#open.closed(uri.toString());
    });
    return results;
  }

  #changed(uri: vscode.Uri): void {
    if (!this.#panels.has(uri.toString())) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), QUIET_MS);
  }

  #each(action: (panel: ResultsPanel) => void): void {
    for (const panel of this.#panels.values()) action(panel);
  }
}

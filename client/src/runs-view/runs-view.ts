import * as vscode from 'vscode';
import type { Services } from '../services';
import { t } from '../translate';
import { runName } from '../../../server/src/protocol/run-name';
import { ago } from './ago';
import { KnownRuns } from './known-runs';
import { groupRuns, type ExperimentNode, type RunNode, type RunsNode } from './run-groups';
import { runContext, runDescription, runIcon, runTooltip } from './run-line';

/** Runs tell of themselves ten times a second; a list that is read needs less. */
const REDRAW_MS = 500;
/** "2 minutes ago" grows old. */
const AGE_MS = 60_000;

/** The Runs view: the experiments of the workspace with their runs, live. */
export class RunsView implements vscode.TreeDataProvider<RunsNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #known: KnownRuns;
  readonly #view: vscode.TreeView<RunsNode>;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly services: Services) {
    const { api, tracker } = services;
    this.#known = new KnownRuns(api, () => this.#redrawSoon());
    this.#view = vscode.window.createTreeView('fip.runs', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    const aging = setInterval(() => this.#redrawSoon(), AGE_MS);
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(() => this.#redrawSoon()),
      api.onRunChanged((summary) => this.#known.changed(summary)),
      api.onRunDeleted(({ run }) => this.#known.deleted(run)),
      tracker.onChange(() => this.#redrawSoon()),
      { dispose: () => clearInterval(aging) },
    );
  }

  /** Asks the server for the runs of the workspace. */
  refresh(): Promise<void> {
    return this.#known.refresh();
  }

  getChildren(node?: RunsNode): RunsNode[] {
    if (!node) return groupRuns(this.#known.all());
    return node.kind === 'experiment' ? [...node.runs] : [];
  }

  getTreeItem(node: RunsNode): vscode.TreeItem {
    return node.kind === 'experiment' ? experimentItem(node) : this.#runItem(node);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #runItem({ summary }: RunNode): vscode.TreeItem {
    const active = this.services.tracker.active().find((run) => run.summary.run === summary.run);
    const since = (iso: string) => ago(iso, Date.now(), vscode.env.language);
    const description = runDescription(summary, active, since, t);
    const { icon, colour } = runIcon(summary);
    const item = new vscode.TreeItem(runName(summary));
    item.id = summary.run;
    item.description = description;
    item.tooltip = runTooltip(summary, description, t);
    item.contextValue = runContext(summary);
    item.iconPath = new vscode.ThemeIcon(icon, colour ? new vscode.ThemeColor(colour) : undefined);
    item.accessibilityInformation = { label: `${runName(summary)}, ${description}` };
    item.command = {
      command: 'fip.showResults',
      title: t('Show Results'),
      arguments: [summary.uri, summary.run],
    };
    return item;
  }

  /** A hidden list costs nothing: it is drawn when it is shown. */
  #redrawSoon(): void {
    if (!this.#view.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire(undefined);
    }, REDRAW_MS);
  }
}

function experimentItem({ uri, name, runs }: ExperimentNode): vscode.TreeItem {
  const spec = vscode.Uri.parse(uri);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = uri;
  item.description = vscode.workspace.asRelativePath(spec);
  item.tooltip = spec.fsPath;
  item.contextValue = 'experiment';
  item.iconPath = new vscode.ThemeIcon('beaker');
  const count = runs.length === 1 ? t('1 run') : t('{0} runs', runs.length);
  item.accessibilityInformation = { label: `${name}, ${count}` };
  return item;
}

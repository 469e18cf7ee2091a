import type * as vscode from 'vscode';
import type { ResultsPanels } from './results/panels';
import type { RunTracker } from './runs/run-tracker';
import type { ServerApi } from './server-api';

/** What the commands work with; made once, when the extension is activated. */
export interface Services {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  api: ServerApi;
  tracker: RunTracker;
  panels: ResultsPanels;
  /** Runs that the user of this window killed. */
  killed: Set<string>;
}

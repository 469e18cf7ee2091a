import * as vscode from 'vscode';
import { t } from '../translate';
import type { RunTracker } from './run-tracker';
import { statusItemText, statusItemTooltip } from './run-texts';

/** The status bar item that is there while something runs: what, how far, and a click away from its results. */
export function createStatusItem(tracker: RunTracker): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('fip.run', vscode.StatusBarAlignment.Left);
  item.name = t('FIP Lab runs');
  const update = () => {
    updateItem(item, tracker);
  };
  return vscode.Disposable.from(item, tracker.onChange(update));
}

function updateItem(item: vscode.StatusBarItem, tracker: RunTracker): void {
  const active = tracker.active();
  const newest = active[0];
  const text = statusItemText(active, t);
  if (!newest || text === undefined) {
    item.hide();
    return;
  }
  item.text = `$(loading~spin) ${text}`;
  item.tooltip = statusItemTooltip(active, t);
  item.accessibilityInformation = { label: item.tooltip };
  item.command = {
    command: 'fip.showResults',
    title: t('Show Results'),
    arguments: [newest.summary.uri, newest.summary.run],
  };
  item.show();
}

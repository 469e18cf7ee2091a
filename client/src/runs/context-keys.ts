import * as vscode from 'vscode';
import type { RunTracker } from './run-tracker';

/** Keeps the context keys `fip.running` and `fip.runningPaths` (for menus and the palette) in step with the runs. */
export function keepContextKeys(tracker: RunTracker): { dispose(): void } {
  let last = '';
  return tracker.onChange(() => {
    const paths = tracker.active().map(({ summary }) => vscode.Uri.parse(summary.uri).fsPath);
    const now = JSON.stringify(paths);
    if (now === last) return;
    last = now;
    void vscode.commands.executeCommand('setContext', 'fip.running', paths.length > 0);
    void vscode.commands.executeCommand('setContext', 'fip.runningPaths', paths);
  });
}

import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { foldEvents } from '../../../server/src/protocol/run-view';
import type { Services } from '../services';
import { t } from '../translate';
import { isActive } from './run-states';
import { endText } from './run-texts';

/** How long the status bar speaks of a run that ended well. */
const PASSING_MS = 10_000;

/** Says how the runs of this window ended: failures in a notification, all else in the status bar. */
export function announceEnds(services: Services): { dispose(): void } {
  return services.tracker.onChange(({ summary }) => {
    if (!isActive(summary)) void announceEnd(summary, services);
  });
}

async function announceEnd(summary: RunSummary, services: Services): Promise<void> {
  // The last events may come after the status; they hold the outcome.
  const { events } = await services.api.events(summary.run, 0);
  const { failure, text } = endText(
    summary,
    foldEvents(events),
    t,
    services.killed.delete(summary.run),
  );
  if (!failure) {
    vscode.window.setStatusBarMessage(text, PASSING_MS);
    return;
  }
  const show = t('Show Results');
  const answer = await vscode.window.showErrorMessage(text, show);
  if (answer === show) services.panels.show(vscode.Uri.parse(summary.uri), { run: summary.run });
}

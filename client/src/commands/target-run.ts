import * as vscode from 'vscode';
import type { RunSummary } from '../../../server/src/protocol/messages';
import { runTitle } from '../runs/run-texts';
import type { Services } from '../services';
import { t } from '../translate';
import { isRunNode } from './run-node';
import { isUri, targetSpec } from './target-spec';

/** The id of the run that a command was called on: its id, or its line in the Runs view. */
export function runIdOf(argument: unknown): string | undefined {
  if (isRunNode(argument)) return argument.summary.run;
  return typeof argument === 'string' && !isUri(argument) ? argument : undefined;
}

/** The run that `argument` (see `runIdOf`) names, else the run of the spec in question, else the one that the user picks. */
export async function targetRun(
  argument: unknown,
  candidates: readonly RunSummary[],
  services: Services,
): Promise<RunSummary | undefined> {
  const id = runIdOf(argument);
  if (id !== undefined) return candidates.find(({ run }) => run === id);
  const spec = targetSpec(argument, services)?.toString();
  const ofSpec = candidates.filter(({ uri }) => vscode.Uri.parse(uri).toString() === spec);
  const choice = ofSpec.length > 0 ? ofSpec : candidates;
  return choice.length > 1 ? pick(choice) : choice[0];
}

async function pick(runs: readonly RunSummary[]): Promise<RunSummary | undefined> {
  const items = runs.map((summary) => ({
    label: runTitle(summary),
    description: new Date(summary.started).toLocaleString(),
    summary,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Which run?') });
  return picked?.summary;
}

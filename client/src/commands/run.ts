import * as vscode from 'vscode';
import type { Services } from '../services';
import { t } from '../translate';
import { showStarted } from './started-run';
import { targetSpec } from './target-spec';
import { requireTrust } from './trust';

/** Run Experiment: saves the spec, has the server check and start it, and shows the results as they come. */
export async function runExperiment(services: Services, argument?: unknown): Promise<void> {
  const target = targetSpec(argument, services);
  if (!target) {
    await vscode.window.showInformationMessage(
      t('Open an experiment (a file that ends in .fip.yaml) and run it from there.'),
    );
    return;
  }
  if (!(await requireTrust())) return;
  const saved = await save(target);
  if (!saved) return;
  await showStarted(saved, await services.api.start(saved.toString()), services);
}

/** The URI that the spec is saved at; undefined where the user gave up saving it. */
async function save(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (!document.isDirty && !document.isUntitled) return uri;
  return vscode.workspace.save(uri);
}

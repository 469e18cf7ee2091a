import * as vscode from 'vscode';
import type { Services } from '../services';
import { t } from '../translate';
import { targetSpec } from './target-spec';

/** Show Results: opens the results panel of a spec beside it, at a certain run where one is named. */
export async function showResults(
  services: Services,
  argument?: unknown,
  run?: unknown,
): Promise<void> {
  const uri = targetSpec(argument, services);
  if (!uri) {
    await vscode.window.showInformationMessage(
      t('Open an experiment (a file that ends in .fip.yaml) to see its results.'),
    );
    return;
  }
  services.panels.show(uri, typeof run === 'string' ? { run } : {});
}

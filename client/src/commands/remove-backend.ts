import * as vscode from 'vscode';
import type { InstalledBackend } from '../../../server/src/protocol/messages';
import { installedItem, removeQuestion } from '../backends/backend-texts';
import { listBackends } from '../backends/list-backends';
import type { Services } from '../services';
import { t } from '../translate';
import { requireTrust } from './trust';

/** Remove Backend: deletes a native backend that was installed. */
export async function removeBackend(services: Services): Promise<void> {
  if (!(await requireTrust())) return;
  const { installed } = await listBackends(services);
  if (installed.length === 0) {
    await vscode.window.showInformationMessage(t('No native backend is installed.'));
    return;
  }
  const backend = await pick(installed);
  if (!backend || !(await agrees(backend))) return;
  const { name, folder } = backend;
  const reason = await services.api.removeBackend({ name, folder });
  if (reason === null) await vscode.window.showInformationMessage(t('{0} was removed.', name));
  else await vscode.window.showErrorMessage(t('{0} was not removed. {1}', name, reason));
}

async function pick(installed: readonly InstalledBackend[]): Promise<InstalledBackend | undefined> {
  const items = installed.map((backend) => ({ ...installedItem(backend, t), backend }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Remove Backend'),
    placeHolder: t('Which backend do you want to remove?'),
  });
  return picked?.backend;
}

async function agrees(backend: InstalledBackend): Promise<boolean> {
  const { message, detail } = removeQuestion(backend, t);
  const yes = t('Remove');
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}

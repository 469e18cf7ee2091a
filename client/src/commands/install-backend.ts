import * as vscode from 'vscode';
import type {
  BackendOffer,
  InstallBackendResult,
  ListBackendsResult,
} from '../../../server/src/protocol/messages';
import { installOutcome, installQuestion, offerItem } from '../backends/backend-texts';
import { listBackends } from '../backends/list-backends';
import type { Services } from '../services';
import { t } from '../translate';
import { requireTrust } from './trust';

/** How long the status bar speaks of an installation that was cancelled. */
const PASSING_MS = 10_000;

/** Install Backend: says what will be fetched and how large it is, asks, installs and tests a native backend. */
export async function installBackend(services: Services): Promise<void> {
  if (!(await requireTrust())) return;
  const found = await listBackends(services);
  if (found.noNode !== undefined) {
    await showNoNode(found.noNode);
    return;
  }
  const offer = await pick(found);
  if (!offer) return;
  if (offer.works || offer.obstacle !== undefined) {
    await vscode.window.showInformationMessage(offerItem(offer, t).detail);
    return;
  }
  if (!(await agrees(offer, found.folder))) return;
  await announce(offer, await install(offer, services), services);
}

/** There is no Node.js to install with; says where to name or get one. */
async function showNoNode(reason: string): Promise<void> {
  const [settings, download] = [t('Open Setting'), t('Get Node.js')];
  const answer = await vscode.window.showErrorMessage(reason, settings, download);
  if (answer === settings)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'fip.nodePath');
  if (answer === download) await vscode.env.openExternal(vscode.Uri.parse('https://nodejs.org'));
}

async function pick({ offers }: ListBackendsResult): Promise<BackendOffer | undefined> {
  const items = offers.map((offer) => ({ ...offerItem(offer, t), offer }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Install Backend'),
    placeHolder: t('Which backend do you want to compute on?'),
    matchOnDescription: true,
  });
  return picked?.offer;
}

async function agrees(offer: BackendOffer, folder: string): Promise<boolean> {
  const { message, detail } = installQuestion(offer, folder, t);
  const yes = t('Install');
  return (
    (await vscode.window.showInformationMessage(message, { modal: true, detail }, yes)) === yes
  );
}

/** Installs with progress. Its Cancel button ends it, and nothing is left behind. */
async function install(
  { name, cuda }: BackendOffer,
  { api }: Services,
): Promise<InstallBackendResult> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: t('Installing {0}', name),
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const listening = api.onBackendProgress(({ doing }) => progress.report({ message: doing }));
    try {
      return await api.installBackend({ name, cuda }, token);
    } finally {
      listening.dispose();
    }
  });
}

async function announce(
  { name }: BackendOffer,
  result: InstallBackendResult,
  { log }: Services,
): Promise<void> {
  const text = installOutcome(name, result, t);
  if (result.outcome === 'cancelled') vscode.window.setStatusBarMessage(text, PASSING_MS);
  if (result.outcome === 'installed') await vscode.window.showInformationMessage(text);
  if (result.outcome !== 'failed') return;
  log.error(result.reason);
  const showLog = t('Show Log');
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show();
}

/** What the commands say about native backends. Pure, so that it can be tested without an editor. */
import type {
  BackendOffer,
  InstallBackendResult,
  InstalledBackend,
} from '../../../server/src/protocol/messages';
import type { Translate } from '../../../server/src/protocol/run-progress';

/** An entry of a list to pick from. */
export interface BackendItem {
  label: string;
  description: string;
  detail: string;
}

/** How an offer stands in the list of Install Backend. */
export function offerItem(offer: BackendOffer, t: Translate): BackendItem {
  const { name, cuda, title, works, state, obstacle } = offer;
  const icon = works
    ? '$(check)'
    : obstacle === undefined
      ? '$(cloud-download)'
      : '$(circle-slash)';
  return {
    label: `${icon} ${cuda ? t('{0} with CUDA', name) : name}`,
    description: title,
    detail: obstacle === undefined ? state : t('{0} It cannot be installed: {1}', state, obstacle),
  };
}

/** The question before an installation: what is fetched, how large it is, and where it goes. */
export function installQuestion(
  { title, plan }: BackendOffer,
  folder: string,
  t: Translate,
): { message: string; detail: string } {
  const lines = plan.map((line) => `• ${line}`);
  return {
    message: t('Install {0}?', title),
    detail: [
      t('To be fetched:'),
      ...lines,
      '',
      t('It goes into {0} and is tested there. Remove Backend undoes it.', folder),
    ].join('\n'),
  };
}

/** What became of an installation. A failure keeps to its first line; the whole of it is for the log. */
export function installOutcome(name: string, result: InstallBackendResult, t: Translate): string {
  switch (result.outcome) {
    case 'installed': {
      const text = t('{0} is installed and works, on {1}.', name, result.device);
      return [text, result.note].filter(Boolean).join(' ');
    }
    case 'cancelled':
      return t('{0} was not installed: cancelled, and nothing was left behind.', name);
    case 'failed':
      return result.reason.split('\n')[0] ?? '';
  }
}

/** How an installed backend stands in the list of Remove Backend. */
export function installedItem(
  { name, folder, description, own }: InstalledBackend,
  t: Translate,
): BackendItem {
  const shared = own ? '' : t('shared with the command line');
  return {
    label: name,
    description: [description, shared].filter(Boolean).join(', '),
    detail: folder,
  };
}

/** The question before a removal. */
export function removeQuestion(
  { name, folder, own }: InstalledBackend,
  t: Translate,
): { message: string; detail: string } {
  const shared = t('Every FIP Lab of yours uses it, the command line included.');
  return {
    message: t('Remove {0}?', name),
    detail: [t('{0} is deleted.', folder), ...(own ? [] : [shared])].join('\n'),
  };
}

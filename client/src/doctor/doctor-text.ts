/** The page of the Doctor, as Markdown. Pure, so that it can be tested without an editor. */
import type { BackendStatus, DoctorReport } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';

/** What the page tells of this installation besides its backends. */
export interface Installation {
  extensionVersion: string;
  editor: string;
  system: string;
  dataRoot: DataRoot;
  trusted: boolean;
}

/** The setting `fip.dataRoot`: empty where it is not set. */
export interface DataRoot {
  path: string;
  exists: boolean;
}

/** @param report what the machine can compute on, or why that cannot be told */
export function doctorPage(
  report: DoctorReport | { problem: string },
  installation: Installation,
  t: Translate,
): string {
  const title = `# ${t('FIP Lab Doctor')}`;
  const backends = 'problem' in report ? brokenEngine(report.problem, t) : backendLines(report, t);
  return [title, ...backends, ...installationLines(report, installation, t), ''].join('\n\n');
}

function brokenEngine(problem: string, t: Translate): string[] {
  return [
    t('**No run can be started.** {0}', plain(problem)),
    t(
      'Set `fip.nodePath` to a Node.js that works, or leave it empty to use the first one on the PATH.',
    ),
  ];
}

function backendLines({ backends, chosen }: DoctorReport, t: Translate): string[] {
  const taken = backends.find(({ name }) => name === chosen);
  const device = taken?.device ?? chosen;
  const rows = backends.map((backend) => backendRow(backend, t));
  const header = `| ${t('Backend')} | ${t('State')} | ${t('Computes on')} | ${t('Why')} |`;
  const lacking = backends.filter(({ remedy }) => remedy !== null);
  return [
    t('`backend: auto` takes **{0}**, on {1}.', chosen, plain(device)),
    [header, '|---|---|---|---|', ...rows].join('\n'),
    ...(lacking.length > 0 ? [`## ${t('What to do for the others')}`, remedies(lacking)] : []),
  ];
}

function backendRow({ name, available, device, software, reason }: BackendStatus, t: Translate) {
  // A narrow column must not part the mark from its word.
  const state = `${available ? '✓' : '✗'}\u00a0${available ? t('works') : t('missing')}`;
  const where = plain(device ?? '–');
  const emulated = software ? t('{0} (emulated)', where) : where;
  return `| **${name}** | ${state} | ${emulated} | ${plain(reason)} |`;
}

const remedies = (lacking: readonly BackendStatus[]) =>
  lacking.map(({ name, remedy }) => `- **${name}**: ${plain(remedy ?? '')}`).join('\n');

function installationLines(
  report: DoctorReport | { problem: string },
  { extensionVersion, editor, system, dataRoot, trusted }: Installation,
  t: Translate,
): string[] {
  const items = [
    t('FIP Lab {0} in {1}', extensionVersion, editor),
    ...('problem' in report ? [] : [t('Runs use Node.js {0}', report.node)]),
    system,
    dataRootLine(dataRoot, t),
    ...(trusted
      ? []
      : [t('This workspace is not trusted: experiments can be edited, and nothing is run.')]),
  ];
  return [`## ${t('This installation')}`, items.map((item) => `- ${plain(item)}`).join('\n')];
}

function dataRootLine({ path, exists }: DataRoot, t: Translate): string {
  if (!path) return t('Data files are looked up beside each spec (fip.dataRoot is not set)');
  if (exists) return t('Data files are looked up in {0} first (fip.dataRoot)', path);
  return t('fip.dataRoot names {0}, which is no folder: set it to one, or leave it empty', path);
}

/** Text in which nothing is markup, on one line: names of devices and paths hold anything. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\*_[\]<>|#]/g, String.raw`\$&`);
}

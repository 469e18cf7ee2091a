import { cpus, totalmem } from 'node:os';
import * as vscode from 'vscode';
import type { DoctorReport } from '../../../server/src/protocol/generated';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { t } from '../translate';
import { doctorPage, type DataRoot, type Installation } from './doctor-text';

/** A scheme of its own: the page can be read and copied, not edited. */
const SCHEME = 'fip-doctor';
const page = vscode.Uri.from({ scheme: SCHEME, path: '/FIP Lab Doctor.md' });
const changed = new vscode.EventEmitter<vscode.Uri>();
let text = '';

/** Doctor: tries every backend and shows what this machine can compute on, and what to do for the rest. */
export async function showDoctor(services: Services): Promise<void> {
  const options = { location: vscode.ProgressLocation.Window, title: t('Trying backends') };
  const report = await vscode.window.withProgress(options, () => examined(services));
  text = doctorPage(report, await installation(services), t);
  changed.fire(page);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

/** Gives the page its text. */
export function provideDoctorPage(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  });
}

async function examined({ api, log }: Services): Promise<DoctorReport | { problem: string }> {
  try {
    return await api.examineMachine();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function installation({ context }: Services): Promise<Installation> {
  const manifest = context.extension.packageJSON as { version: string };
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    extensionVersion: manifest.version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    system: t(
      '{0}, {1}: {2} processors ({3}), {4} GiB of memory',
      ...[process.platform, process.arch, cpus().length],
      ...[processor?.model.trim() ?? t('unknown'), memory],
    ),
    dataRoot: await dataRoot(),
    trusted: vscode.workspace.isTrusted,
  };
}

async function dataRoot(): Promise<DataRoot> {
  const path = readSettings().dataRoot ?? '';
  return { path, exists: path !== '' && (await isFolder(path)) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(path));
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunFormat, RunSummary } from '../../../server/src/protocol/messages';
import { runName } from '../../../server/src/protocol/run-name';
import { runTitle } from '../runs/run-texts';
import type { Services } from '../services';
import { t } from '../translate';
import { targetRun } from './target-run';

interface Choice extends vscode.QuickPickItem {
  format: RunFormat | 'weights';
  extension: string;
}

/** Export Run: as a page of Markdown, as a table, as JSON, or the weights of one of its networks. */
export async function exportRun(services: Services, argument?: unknown): Promise<void> {
  const summary = await targetRun(argument, await services.api.list(), services);
  if (!summary) return;
  const choice = await vscode.window.showQuickPick(choices(), {
    title: t('Export {0}', runTitle(summary)),
  });
  if (!choice) return;
  if (choice.format === 'weights') await exportWeights(summary);
  else await exportText(summary, choice.format, choice.extension, services);
}

const choices = (): Choice[] => [
  {
    label: t('Markdown'),
    detail: t('The outcome, the expectations and the spec, for a note or a pull request'),
    format: 'markdown',
    extension: 'md',
  },
  {
    label: t('HTML'),
    detail: t('A report in one file, with its curves, for any browser'),
    format: 'html',
    extension: 'html',
  },
  {
    label: t('CSV'),
    detail: t('The curves: a line for each checkpoint, a column for each metric'),
    format: 'csv',
    extension: 'csv',
  },
  {
    label: t('JSON'),
    detail: t('The report and the curves'),
    format: 'json',
    extension: 'json',
  },
  {
    label: t('Weights'),
    detail: t('One of its networks as a safetensors file'),
    format: 'weights',
    extension: 'safetensors',
  },
];

async function exportText(
  summary: RunSummary,
  format: RunFormat,
  extension: string,
  { api }: Services,
): Promise<void> {
  const text = await api.export(summary.run, format);
  const target = await askWhere(summary, runName(summary), extension);
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(target);
}

async function exportWeights(summary: RunSummary): Promise<void> {
  const folder = vscode.Uri.joinPath(vscode.Uri.file(summary.folder), 'weights');
  const names = await namesIn(folder);
  if (names.length === 0) {
    await vscode.window.showInformationMessage(
      t('{0} has written no weights yet.', runTitle(summary)),
    );
    return;
  }
  const name = await vscode.window.showQuickPick(names, { placeHolder: t('Which network?') });
  if (name === undefined) return;
  const target = await askWhere(summary, `${runName(summary)}-${name}`, 'safetensors');
  const source = vscode.Uri.joinPath(folder, `${name}.safetensors`);
  if (target) await vscode.workspace.fs.copy(source, target, { overwrite: true });
}

/** The networks whose weights were written. */
async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    const files = await vscode.workspace.fs.readDirectory(folder);
    return files.map(([name]) => name.replace(/\.safetensors$/, '')).sort();
  } catch {
    return [];
  }
}

function askWhere(
  { uri }: RunSummary,
  name: string,
  extension: string,
): Thenable<vscode.Uri | undefined> {
  const file = `${name.replaceAll(/[^\w-]+/g, '-')}.${extension}`;
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(dirname(vscode.Uri.parse(uri).fsPath), file)),
    filters: { [extension]: [extension] },
  });
}

import * as vscode from 'vscode';
import type { Services } from '../services';
import { t } from '../translate';
import { filesOfSample, freeFileName, sampleInfo } from './sample-info';

interface Sample extends vscode.QuickPickItem {
  text: string;
}

/** New Experiment from Sample: copies a sample that the user picks into the workspace and opens the copy. */
export async function newFromSample(services: Services): Promise<void> {
  const folder = vscode.Uri.joinPath(services.context.extensionUri, 'samples');
  const sample = await vscode.window.showQuickPick(readSamples(folder), {
    title: t('New Experiment from Sample'),
    placeHolder: t('Which sample do you want to start from?'),
    matchOnDetail: true,
  });
  if (!sample) return;
  const document = await createDocument(sample, folder);
  await vscode.window.showTextDocument(document);
}

async function readSamples(folder: vscode.Uri): Promise<Sample[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const files = entries.map(([name]) => name).filter((name) => /\.fip\.ya?ml$/.test(name));
  return Promise.all(files.sort().map((name) => readSample(folder, name)));
}

async function readSample(folder: vscode.Uri, fileName: string): Promise<Sample> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, fileName));
  const text = new TextDecoder().decode(bytes);
  const { name, description } = sampleInfo(text, fileName);
  return { label: name, detail: description, text };
}

/** A file in the workspace where there is one, else an untitled document. */
async function createDocument(sample: Sample, samples: vscode.Uri): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) {
    return vscode.workspace.openTextDocument({ language: 'fip', content: sample.text });
  }
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const taken = new Set(entries.map(([name]) => name));
  const file = vscode.Uri.joinPath(folder, freeFileName(sample.label, taken));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(sample.text));
  for (const path of filesOfSample(sample.text)) await copyData(path, samples, folder);
  return vscode.workspace.openTextDocument(file);
}

/** Data that came with a sample goes along; public data did not come, and what the user has already stays. */
async function copyData(path: string, samples: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const [from, to] = [samples, folder].map((place) => vscode.Uri.joinPath(place, path)) as [
    vscode.Uri,
    vscode.Uri,
  ];
  try {
    await vscode.workspace.fs.copy(from, to, { overwrite: false });
  } catch (error) {
    const code = error instanceof vscode.FileSystemError ? error.code : undefined;
    if (code !== 'FileNotFound' && code !== 'FileExists') throw error;
  }
}

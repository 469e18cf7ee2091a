import { basename, dirname, join, resolve, sep } from 'node:path';
import * as vscode from 'vscode';
import { runName } from '../../../server/src/protocol/run-name';
import type { ServerApi } from '../server-api';
import { t } from '../translate';
import { summaryOf } from './compare-specs';
import type { SaveMessage } from './messages';

/** Asks where, and writes a chart or a table there. */
export async function saveFile(file: SaveMessage, spec: vscode.Uri): Promise<void> {
  const target = await askWhere(spec, file.name, file.ending);
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(file.content, file.encoding));
}

/** Asks where, and copies the weights of a checkpoint there. */
export async function saveWeights(
  run: string,
  file: string,
  spec: vscode.Uri,
  api: ServerApi,
): Promise<void> {
  const summary = await summaryOf(run, api);
  const source = weightsPath(summary.folder, file);
  if (source === undefined) throw new Error(t('{0} is no file of the run.', file));
  const name = `${runName(summary)}-${basename(source, '.safetensors')}`;
  const target = await askWhere(spec, name, 'safetensors');
  if (target) await vscode.workspace.fs.copy(vscode.Uri.file(source), target, { overwrite: true });
}

/** The file in the run's folder; undefined where the name, which comes from a log, leads out of it. */
export function weightsPath(folder: string, file: string): string | undefined {
  const path = resolve(folder, file);
  return path.startsWith(resolve(folder) + sep) ? path : undefined;
}

function askWhere(
  spec: vscode.Uri,
  name: string,
  ending: string,
): Thenable<vscode.Uri | undefined> {
  const file = `${name.replaceAll(/[^\w-]+/g, '-')}.${ending}`;
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(dirname(spec.fsPath), file)),
    filters: { [ending]: [ending] },
  });
}

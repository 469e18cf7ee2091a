import * as vscode from 'vscode';
import type { ListBackendsResult } from '../../../server/src/protocol/messages';
import type { Services } from '../services';
import { t } from '../translate';

/** The native backends and how they stand. They are tried, which takes seconds: the status bar says so. */
export async function listBackends({ api }: Services): Promise<ListBackendsResult> {
  const options = { location: vscode.ProgressLocation.Window, title: t('Trying backends') };
  return vscode.window.withProgress(options, () => api.listBackends());
}

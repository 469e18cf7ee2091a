import * as vscode from 'vscode';
import type { Translate } from '../../server/src/protocol/run-progress';

/** The message in the language of the editor, with the values put in. */
export const t: Translate = (message, ...values) => vscode.l10n.t(message, ...values);

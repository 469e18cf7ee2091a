/** What the client told the server. */
import type { ClientCapabilities, WorkspaceFolder } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/messages';
import { isRecord } from '../spec/schema-node';
import { levels } from '../spec/switches';
import type { Level } from '../spec/switches';
import { pathOfUri } from './spec-uris';

export interface Settings extends InitializationOptions {
  workspaceRoots: string[];
}

/** Settings as the client sent them; anything of the wrong type is left out. Trusted where nothing is said. */
export function settingsOf(options: unknown, workspaceRoots: string[]): Settings {
  const { dataRoot, trusted, nodePath, diagnostics, richHovers } = isRecord(options) ? options : {};
  return {
    workspaceRoots,
    trusted: trusted !== false,
    richHovers: richHovers === true,
    ...(typeof dataRoot === 'string' && dataRoot !== '' && { dataRoot }),
    ...(isRecord(diagnostics) && { diagnostics: levelsOf(diagnostics) }),
    ...(typeof nodePath === 'string' && nodePath !== '' && { nodePath }),
  };
}

function levelsOf(diagnostics: Record<string, unknown>): Record<string, Level> {
  const known = Object.entries(diagnostics).flatMap(([code, level]) => {
    const found = levels.find((candidate) => candidate === level);
    return found ? [[code, found] as const] : [];
  });
  return Object.fromEntries(known);
}

/** The folders of the workspace that lie on this machine. */
export function rootsOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.flatMap(({ uri }) => pathOfUri(uri) ?? []);
}

/** What the client can do that the server acts upon. */
export interface ClientAbilities {
  pullsDiagnostics: boolean;
  refreshesDiagnostics: boolean;
  /** Whether it tells of changed files when it is asked to. */
  watchesFiles: boolean;
  refreshesInlayHints: boolean;
  refreshesCodeLenses: boolean;
}

export function abilitiesOf({ textDocument, workspace }: ClientCapabilities): ClientAbilities {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

/** Answers for all specs of the workspace at once, most of which nobody has open. */
import { readFile, stat } from 'node:fs/promises';
import type {
  CancellationToken,
  Diagnostic,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { lspDiagnostic } from '../language/lsp-diagnostics';
import { internalDiagnostic } from '../spec/load-experiment';
import { resultIdOf, validationSource } from './diagnostics';
import type { Diagnostics } from './diagnostics';
import type { OpenSpecs } from './open-specs';
import { pathOfUri, uriOfPath } from './spec-uris';

/** Editors ask every few seconds. What data files hold may have changed after so long. */
const holdsFor = 60_000;

interface Checked {
  /** Size and time of the file, and the settings that it was checked by. */
  stamp: string;
  at: number;
  items: Diagnostic[];
  resultId: string;
}

export class WorkspaceDiagnostics {
  readonly #checked = new Map<string, Checked>();

  constructor(
    private readonly specs: OpenSpecs,
    private readonly diagnostics: Diagnostics,
    /** The paths of all specs of the workspace. */
    private readonly files: () => Promise<string[]>,
  ) {}

  /** Answers `workspace/diagnostic`. Where it is cancelled, the answer has what was found so far. */
  async report(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(
      previous.map(({ uri, value }) => [pathOfUri(uri) ?? uri, { uri, value }]),
    );
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const path of await this.files()) {
      if (token.isCancellationRequested) return { items };
      const before = known.get(path);
      known.delete(path);
      const uri = before?.uri ?? uriOfPath(path);
      items.push(...(await this.#ofFile(uri, path, before?.value)));
    }
    return { items: [...items, ...[...known.values()].map(({ uri }) => nothing(uri))] };
  }

  async #ofFile(
    uri: string,
    path: string,
    previousResultId: string | undefined,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const open = this.specs.version(uri);
    if (open !== undefined)
      return [{ ...(await this.diagnostics.report(uri, previousResultId)), uri, version: open }];
    const { items, resultId } = await this.#check(uri, path);
    if (resultId === previousResultId) return [{ kind: 'unchanged', resultId, uri, version: null }];
    return [{ kind: 'full', resultId, items, uri, version: null }];
  }

  async #check(uri: string, path: string): Promise<Checked> {
    const { mtimeMs, size } = await stat(path).catch(() => ({ mtimeMs: 0, size: 0 }));
    const stamp = `${mtimeMs} ${size} ${this.specs.generation}`;
    const held = this.#checked.get(path);
    if (held?.stamp === stamp && Date.now() - held.at < holdsFor) return held;
    const items = await this.#find(uri, path);
    const fresh = { stamp, at: Date.now(), items, resultId: resultIdOf(items) };
    this.#checked.set(path, fresh);
    return fresh;
  }

  async #find(uri: string, path: string): Promise<Diagnostic[]> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return [];
    try {
      const { diagnostics } = await this.specs.checkText(uri, text);
      return diagnostics.map((found) => lspDiagnostic(found, uri, validationSource));
    } catch (error) {
      return [lspDiagnostic(internalDiagnostic(error), uri, validationSource)];
    }
  }
}

/** A spec that is gone has no findings any more. */
const nothing = (uri: string): WorkspaceDocumentDiagnosticReport => ({
  kind: 'full',
  items: [],
  uri,
  version: null,
});

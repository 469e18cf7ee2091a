/** Sends and answers diagnostics: validation is pulled where the client can, what runs found out is pushed. */
import { createHash } from 'node:crypto';
import type { Connection, Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { lspDiagnostic } from '../language/lsp-diagnostics';
import { runDiagnostics } from '../language/run-diagnostics';
import { internalDiagnostic } from '../spec/load-experiment';
import { switchedRunFindings } from '../spec/switches';
import type { Levels } from '../spec/switches';
import type { OpenSpecs } from './open-specs';
import type { Safely } from './safely';
import { latestRun } from './spec-runs';
import type { Runs } from './spec-runs';

export const validationSource = 'fip';
export const runSource = 'fip run';

/** The same for the same findings. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16);
}

export class Diagnostics {
  /** What was pushed last, so that nothing is sent twice. */
  readonly #pushed = new Map<string, string>();

  constructor(
    private readonly connection: Connection,
    private readonly specs: OpenSpecs,
    private readonly runs: Runs,
    private readonly safely: Safely,
    private readonly pulls: () => boolean,
    private readonly levels: () => Levels | undefined,
  ) {}

  /** Answers `textDocument/diagnostic`. */
  async report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const items = await this.#validation(uri);
    const resultId = resultIdOf(items);
    if (resultId === previousResultId) return { kind: 'unchanged', resultId };
    return { kind: 'full', resultId, items };
  }

  /** Pushes what the latest run found out; for clients that do not pull, the validation as well. */
  async push(uri: string): Promise<void> {
    const fromRun = await this.safely('Run diagnostics', [], () => this.#fromRun(uri));
    const diagnostics = this.pulls() ? fromRun : [...(await this.#validation(uri)), ...fromRun];
    const text = JSON.stringify(diagnostics);
    if (this.#pushed.get(uri) === text || (diagnostics.length === 0 && !this.#pushed.has(uri)))
      return;
    this.#pushed.set(uri, text);
    await this.connection.sendDiagnostics({ uri, diagnostics });
  }

  /** A closed file shows nothing. */
  async clear(uri: string): Promise<void> {
    if (this.#pushed.delete(uri)) await this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  async #validation(uri: string): Promise<Diagnostic[]> {
    try {
      const checked = await this.specs.checked(uri);
      return (checked?.diagnostics ?? []).map((found) =>
        lspDiagnostic(found, uri, validationSource),
      );
    } catch (error) {
      return [lspDiagnostic(internalDiagnostic(error), uri, validationSource)];
    }
  }

  async #fromRun(uri: string): Promise<Diagnostic[]> {
    const checked = await this.specs.checked(uri);
    if (!checked) return [];
    const found = runDiagnostics(checked, latestRun(this.runs, checked));
    const shown = switchedRunFindings(checked.document, found, this.levels());
    return shown.map((diagnostic) => lspDiagnostic(diagnostic, uri, runSource));
  }
}

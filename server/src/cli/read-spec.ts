import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileDiagnostic } from '../protocol/generated';
import type { Experiment } from '../spec/experiment';
import { loadExperiment } from '../spec/load-experiment';

/** A spec as read from the disk. */
export interface ReadSpec {
  path: string;
  text: string;
  diagnostics: FileDiagnostic[];
  /** Missing where there is an error. */
  experiment?: Experiment;
}

/**
 * Reads and checks a spec. Never throws: a file that cannot be read is a diagnostic, too.
 * @param file as the user named it; diagnostics carry this name
 */
export async function readSpec(
  file: string,
  cwd: string,
  dataRoot: string | undefined,
): Promise<ReadSpec> {
  const path = resolve(cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { path, text: '', diagnostics: [unreadable(file, error)] };
  }
  const loaded = await loadExperiment(text, { specPath: path, ...(dataRoot && { dataRoot }) });
  const diagnostics = loaded.diagnostics.map(({ range, severity, code, message }) => ({
    file,
    range,
    severity,
    code,
    message,
  }));
  return { path, text, diagnostics, ...(loaded.experiment && { experiment: loaded.experiment }) };
}

function unreadable(file: string, error: unknown): FileDiagnostic {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'it does not exist',
    EISDIR: 'it is a folder',
    EACCES: 'you have no permission',
  };
  const start = { line: 0, character: 0 };
  return {
    file,
    range: { start, end: start },
    severity: 'error',
    code: 'fip/unreadable',
    message: `The spec cannot be read: ${reasons[code ?? ''] ?? String(error)}.`,
  };
}

/** The data root that options and environment name, as an absolute path. */
export function dataRootFrom(
  option: string | undefined,
  { env, cwd }: { env: Readonly<Record<string, string | undefined>>; cwd: string },
): string | undefined {
  const named = option ?? env['FIP_DATA_ROOT'];
  return named ? resolve(cwd, named) : undefined;
}

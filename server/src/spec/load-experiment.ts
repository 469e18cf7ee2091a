/** Text -> Experiment in one call, for the command line and for runs. */
import { dirname } from 'node:path';
import { checkSpec } from './check-spec';
import { dataFiles } from './data-inspector';
import type { DataInspector } from './data-inspector';
import type { Experiment } from './experiment';
import { parseSpec } from './parse';
import type { SpecDiagnostic } from './spec-diagnostic';

export type { SpecDiagnostic } from './spec-diagnostic';

export interface LoadOptions {
  /** Absolute path of the spec: its files are relative to the folder. */
  specPath: string;
  dataRoot?: string | undefined;
  /** Folders that the spec may read from, besides its own and the data root. */
  workspaceRoots?: readonly string[];
  /** How data files are looked at; the real files where left out. */
  inspector?: DataInspector;
}

export interface LoadedExperiment {
  diagnostics: SpecDiagnostic[];
  /** Defaults filled in; only where no diagnostic is an error. */
  experiment?: Experiment;
}

/** Reads and checks a spec. Never throws: an unforeseen failure becomes a `fip/internal` diagnostic on line 1. */
export async function loadExperiment(
  text: string,
  options: LoadOptions,
): Promise<LoadedExperiment> {
  try {
    const { specPath, dataRoot, workspaceRoots = [], inspector = dataFiles } = options;
    const places = { specDirectory: dirname(specPath), dataRoot, workspaceRoots };
    const { diagnostics, experiment } = await checkSpec(parseSpec(text), inspector, places);
    return { diagnostics, ...(experiment && { experiment }) };
  } catch (error) {
    return { diagnostics: [internalDiagnostic(error)] };
  }
}

/** What is shown where a check itself fails. */
export function internalDiagnostic(error: unknown): SpecDiagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    severity: 'error',
    code: 'fip/internal',
    message: `The spec could not be checked because of a fault in FIP Lab: ${reason}. Please report it.`,
  };
}

/** Answers the client's requests about runs. */
import { dirname } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import * as messages from '../protocol/messages';
import { experimentHash } from '../spec/experiment-hash';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';
import type { OpenSpecs } from './open-specs';
import type { Safely } from './safely';
import type { Settings } from './settings';
import { pathOfUri } from './spec-uris';
import type { Runs } from './spec-runs';

export interface RunRequestParts {
  connection: Connection;
  specs: OpenSpecs;
  runs: Runs;
  settings: () => Settings;
  /** The folders of the workspace that hold specs. */
  specFolders: () => Promise<string[]>;
  safely: Safely;
}

/** Registers the handlers of protocol/messages.ts. A stop that cannot be is answered with an error and its reason. */
export function answerRunRequests(parts: RunRequestParts): void {
  const { connection, runs, specs, safely } = parts;
  connection.onRequest(messages.StartRun, (params: messages.StartRunParams) =>
    start(parts, params),
  );
  connection.onRequest(messages.StopRun, ({ run, mode }: messages.StopRunParams) =>
    runs.stop(run, mode),
  );
  connection.onRequest(messages.ResumeRun, (params: messages.ResumeRunParams) =>
    resume(parts, params),
  );
  connection.onRequest(messages.RenameRun, ({ run, label }: messages.RenameRunParams) =>
    runs.rename(run, label),
  );
  connection.onRequest(messages.DeleteRun, ({ run }: messages.DeleteRunParams) => runs.delete(run));
  connection.onRequest(messages.ExportRun, ({ run, format }: messages.ExportRunParams) =>
    runs.export(run, format),
  );
  connection.onRequest(messages.ListRuns, (params: messages.ListRunsParams | undefined) =>
    safely('Listing runs', [], () => list(parts, params?.uri)),
  );
  connection.onRequest(messages.GetRunRows, ({ runs: ids }: messages.GetRunRowsParams) =>
    runs.rows(ids),
  );
  connection.onRequest(messages.GetRunEvents, ({ run, from }: messages.GetRunEventsParams) =>
    runs.events(run, from),
  );
  connection.onRequest(messages.GetExperimentHash, ({ uri }: messages.GetExperimentHashParams) =>
    safely<messages.GetExperimentHashResult>('Hashing a spec', null, async () => {
      const { experiment } = await specs.checkedAnywhere(uri);
      return experiment ? experimentHash(experiment) : null;
    }),
  );
  connection.onRequest(messages.LocatePointer, ({ uri, pointer }: messages.LocatePointerParams) =>
    safely<messages.LocatePointerResult>('Locating a pointer', null, async () => {
      const { document } = await specs.checkedAnywhere(uri);
      return document.value === undefined ? null : document.rangeOf(pointer, 'focus');
    }),
  );
}

const refused = (reason: string): messages.StartRunResult => ({ started: false, reason });

const untrusted =
  'This workspace is not trusted, so nothing runs here. Trust it to run experiments.';

async function start(
  { specs, runs, settings }: RunRequestParts,
  { uri }: messages.StartRunParams,
): Promise<messages.StartRunResult> {
  if (settings().trusted === false) return refused(untrusted);
  const specPath = pathOfUri(uri);
  if (specPath === undefined)
    return refused('Save the spec to a file first: its runs are kept in a folder beside it.');
  try {
    const { experiment, diagnostics, document } = await specs.checkedAnywhere(uri);
    if (!experiment) return refused(whyInvalid(diagnostics));
    const { dataRoot } = settings();
    const summary = await runs.start({ specPath, uri, text: document.text, experiment, dataRoot });
    return { started: true, summary };
  } catch (error) {
    return refused(reasonOf(error));
  }
}

/** The first error, with its line as editors count. */
function whyInvalid(diagnostics: readonly SpecDiagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return 'The spec could not be read.';
  const more = errors.length - 1;
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'error' : 'errors'})` : '';
  return `The spec has an error in line ${first.range.start.line + 1}: ${first.message}${others}`;
}

async function resume(
  { runs, settings }: RunRequestParts,
  { run }: messages.ResumeRunParams,
): Promise<messages.ResumeRunResult> {
  if (settings().trusted === false) return refused(untrusted);
  try {
    return { started: true, summary: await runs.resume(run) };
  } catch (error) {
    return refused(reasonOf(error));
  }
}

async function list(
  { runs, specFolders }: RunRequestParts,
  uri?: string,
): Promise<messages.ListRunsResult> {
  if (uri === undefined) return runs.list(await specFolders());
  const path = pathOfUri(uri);
  return path === undefined ? [] : runs.list([dirname(path)], uri);
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

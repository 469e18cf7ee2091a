/**
 * The messages between an editor and the language server that the Language Server Protocol does not have.
 * One namespace-like constant a message; the comment says who sends it and why.
 */
import type { DoctorReport, Range, RunEvent } from './generated';
import type { RunOutcome } from './run-outcome';

/** How a run stands, as every view shows it. `interrupted`: its engine is gone without a last word; it can be resumed. */
export type RunStatus =
  'starting' | 'running' | 'stopping' | 'completed' | 'stopped' | 'failed' | 'interrupted';

/** What lists show of a run without reading its events. */
export interface RunSummary {
  /** Id: the name of its folder under `.fip/runs`. */
  run: string;
  /** Two words that people can say, such as `calm-otter`; part of the id. */
  nickname: string;
  /** What the user calls the run, in the place of its nickname. */
  label?: string;
  /** Name of the experiment. */
  name: string;
  /** URI of the spec that it ran. */
  uri: string;
  /** Folder of the run, an absolute path. */
  folder: string;
  status: RunStatus;
  /** ISO 8601. */
  started: string;
  /** Hash of the resolved experiment; differs from that of the open spec where results are stale. */
  experimentHash: string;
  /** Why it was interrupted, with what the engine said last. */
  reason?: string;
  /** What it has come to so far. */
  outcome: RunOutcome;
}

/** client -> server request: run the spec. Refused, with the reason, where the spec has errors. */
export const StartRun = 'fip/run/start';
export interface StartRunParams {
  uri: string;
}
export type StartRunResult =
  { started: true; summary: RunSummary } | { started: false; reason: string };

/** client -> server request: `stop` finishes the step and saves; `kill` ends the engine at once. */
export const StopRun = 'fip/run/stop';
export interface StopRunParams {
  run: string;
  mode: 'stop' | 'kill';
}

/** client -> server request: go on with a stopped or interrupted run where it stood. */
export const ResumeRun = 'fip/run/resume';
export interface ResumeRunParams {
  run: string;
}
export type ResumeRunResult = StartRunResult;

/** client -> server request: call a run by this name; by its nickname where the name is empty. */
export const RenameRun = 'fip/run/rename';
export interface RenameRunParams {
  run: string;
  label: string;
}

/** client -> server request: delete a run's folder with all that is in it. Refused with an error while it runs. */
export const DeleteRun = 'fip/run/delete';
export interface DeleteRunParams {
  run: string;
}

/** What a run can be written as: a page of Markdown or of HTML, its curves as a table, or its report and curves as JSON. */
export type RunFormat = 'markdown' | 'html' | 'csv' | 'json';

/** client -> server request: a run as text in a format. */
export const ExportRun = 'fip/run/export';
export interface ExportRunParams {
  run: string;
  format: RunFormat;
}
export type ExportRunResult = string;

/** What a table of runs tells of one of them. */
export interface RunRow {
  run: string;
  /** The values of its resolved experiment by their path, such as `path.0.keep.memory`. */
  parameters: Record<string, string | number | boolean>;
  /** What was measured last, by name, such as `accuracy.digits`, and `seconds` of computing once it has ended. */
  metrics: Record<string, number | null>;
}

/** client -> server request: the parameters and metrics of runs; unknown runs are left out. */
export const GetRunRows = 'fip/run/rows';
export interface GetRunRowsParams {
  runs: string[];
}
export type GetRunRowsResult = RunRow[];

/** server -> client notification: a run's folder is gone, whoever deleted it. */
export const RunDeleted = 'fip/run/deleted';
export interface RunDeletedParams {
  run: string;
}

/** client -> server request: the runs of one spec, or of all specs of the workspace; newest first. */
export const ListRuns = 'fip/run/list';
export interface ListRunsParams {
  uri?: string;
}
export type ListRunsResult = RunSummary[];

/** client -> server request: the events of a run from number `from` on, for a panel that opens or wakes up. */
export const GetRunEvents = 'fip/run/events';
export interface GetRunEventsParams {
  run: string;
  from: number;
}
export interface GetRunEventsResult {
  summary: RunSummary;
  events: RunEvent[];
}

/**
 * client -> server request: the hash of the spec's resolved experiment as the text stands in the editor, to tell whether
 * a run's results are stale. Null where the spec has errors.
 */
export const GetExperimentHash = 'fip/experiment/hash';
export interface GetExperimentHashParams {
  uri: string;
}
export type GetExperimentHashResult = string | null;

/**
 * client -> server request: where a JSON pointer such as `/expect/0` stands in the spec's text; the nearest part above
 * it where it is gone. Null where the spec cannot be read.
 */
export const LocatePointer = 'fip/experiment/locate';
export interface LocatePointerParams {
  uri: string;
  pointer: string;
}
export type LocatePointerResult = Range | null;

/** A native backend, of one kind, that can be installed. */
export interface BackendOffer {
  name: string;
  /** With the libraries of CUDA. */
  cuda: boolean;
  title: string;
  /** What is fetched, from where and how large it is, line by line. */
  plan: string[];
  /** Whether it can be used as things are. */
  works: boolean;
  /** What it computes on where it works, and why it does not where it does not: a sentence. */
  state: string;
  /** Why it cannot be installed on this machine, a sentence; left out where it can. */
  obstacle?: string;
}

/** A native backend that was installed. */
export interface InstalledBackend {
  name: string;
  /** The folder that holds it. */
  folder: string;
  /** Whether it lies in the extension's own storage; else other FIP Labs of this user share it. */
  own: boolean;
  /** Where it came from and what it computes on. */
  description: string;
}

/** client -> server request: what native backends there are and how they stand. Tries them, which takes seconds. */
export const ListBackends = 'fip/backends/list';
export interface ListBackendsResult {
  /** Why none can be installed: there is no Node.js to run them in. Left out where there is one. */
  noNode?: string;
  /** The folder that they are installed into. */
  folder: string;
  offers: BackendOffer[];
  installed: InstalledBackend[];
}

/** client -> server request: what this machine can compute on. Tries every backend, which takes seconds. */
export const ExamineMachine = 'fip/backends/examine';
export type ExamineMachineResult = DoctorReport;

/** client -> server request: install a backend and test it. Cancelled, or failed, it leaves nothing behind. */
export const InstallBackend = 'fip/backends/install';
export interface InstallBackendParams {
  name: string;
  cuda: boolean;
}
export type InstallBackendResult =
  /** `device` is what it computes on, and `note` what else the user should know. */
  | { outcome: 'installed'; device: string; note: string }
  | { outcome: 'cancelled' }
  | { outcome: 'failed'; reason: string };

/** client -> server request: remove an installed backend. Null where that was done, else why not. */
export const RemoveBackend = 'fip/backends/remove';
export interface RemoveBackendParams {
  name: string;
  folder: string;
}
export type RemoveBackendResult = string | null;

/** server -> client notification: what the installation of a backend is doing, in words. */
export const BackendProgress = 'fip/backends/progress';
export interface BackendProgressParams {
  name: string;
  doing: string;
}

/** server -> client notification: a run began, or its status or name changed. */
export const RunChanged = 'fip/run/changed';
export type RunChangedParams = RunSummary;

/** server -> client notification: new events of a run, batched to at most ten notifications a second. */
export const RunStreamed = 'fip/run/streamed';
export interface RunStreamedParams {
  run: string;
  events: RunEvent[];
}

/** What the client tells the server when it starts, as `initializationOptions`. */
export interface InitializationOptions {
  /** Folder that data files are looked up in (setting `fip.dataRoot`). */
  dataRoot?: string;
  /** Whether the workspace is trusted; nothing runs where it is not. */
  trusted?: boolean;
  /** The Node.js that engines run in (setting `fip.nodePath`); when left out, the one on the PATH. */
  nodePath?: string;
  /** How findings are shown, by code (setting `fip.diagnostics`); what is not named is shown as it is. */
  diagnostics?: Record<string, 'off' | 'information' | 'warning' | 'error'>;
  /** Whether the editor's hovers draw images that stand in the Markdown as data, and run commands; left out, neither. */
  richHovers?: boolean;
}

/** client -> server notification: settings or workspace trust changed. */
export const SettingsChanged = 'fip/settings/changed';
export type SettingsChangedParams = InitializationOptions;

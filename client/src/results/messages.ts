/**
 * The messages between the results panel and its host (the extension). The panel knows nothing but these: it cannot
 * read files, start runs or reach the network by itself.
 */
import type { RunEvent } from '../../../server/src/protocol/generated';
import type { RunRow, RunSummary } from '../../../server/src/protocol/messages';

/** Type of the panel, and the name under which VS Code restores it. */
export const PANEL_TYPE = 'fip.results';

/** What the panel keeps over a reload of the window, and while it is hidden. */
export interface PanelState {
  /** URI of the spec. */
  uri: string;
  /** The selected run; the newest one when left out. */
  run?: string;
  /** Whether output distances are drawn on a logarithmic scale. */
  logDistance?: boolean;
  /** The runs that are compared. */
  compare?: string[];
}

/** panel -> host: the panel's script runs and listens; also said again each time it comes back from being hidden. */
export interface ReadyMessage {
  type: 'ready';
}

/** panel -> host: the user chose a run; the host streams its events from now on. */
export interface SelectRunMessage {
  type: 'select';
  run: string;
}

/** panel -> host: the events of a run from number `from` on are wanted; answered by `events`. */
export interface FetchEventsMessage {
  type: 'fetch';
  run: string;
  from: number;
}

/** What the buttons of the panel do; the same as the commands of the same names. */
export type PanelAction =
  'run' | 'stop' | 'kill' | 'resume' | 'openSpec' | 'showLog' | 'manageTrust' | 'retry';

/** panel -> host: the user pressed a button. */
export interface ActionMessage {
  type: 'action';
  action: PanelAction;
  run?: string;
}

/** panel -> host: show the part of the spec that a JSON pointer such as `/expect/0` names. */
export interface RevealMessage {
  type: 'reveal';
  pointer: string;
}

/** panel -> host: the events of these runs are wanted as they come, beside those of the selected one. */
export interface FollowMessage {
  type: 'follow';
  runs: string[];
}

/** panel -> host: the parameters and metrics of runs are wanted; answered by `rows`. */
export interface AskRowsMessage {
  type: 'ask-rows';
  runs: string[];
}

/** panel -> host: show what differs between the specs of two runs, in the editor's own difference editor. */
export interface CompareSpecsMessage {
  type: 'compare-specs';
  runs: [string, string];
}

/** panel -> host: copy the weights of a checkpoint, a file in the run's folder, to where the user says. */
export interface ExportWeightsMessage {
  type: 'export-weights';
  run: string;
  /** As the event of the checkpoint names it. */
  file: string;
}

/** panel -> host: write a chart or a table to where the user says. */
export interface SaveMessage {
  type: 'save';
  /** Suggested name, without its ending. */
  name: string;
  ending: 'png' | 'svg' | 'csv' | 'json';
  content: string;
  /** How `content` holds the bytes. */
  encoding: 'utf8' | 'base64';
}

export type FromPanel =
  | ReadyMessage
  | SelectRunMessage
  | FetchEventsMessage
  | ActionMessage
  | RevealMessage
  | FollowMessage
  | AskRowsMessage
  | CompareSpecsMessage
  | ExportWeightsMessage
  | SaveMessage;

/** host -> panel: the runs of the spec, newest first. Sent when the panel is ready, and when a run or the spec changes. */
export interface RunsMessage {
  type: 'runs';
  uri: string;
  /** File name of the spec, for the heading before any run. */
  fileName: string;
  runs: RunSummary[];
  /** The run to show, where the host asks for one: a run that was just started. */
  select?: string;
  /** Hash of the spec as it stands now; null while it has errors. Runs with another hash are stale. */
  experimentHash: string | null;
  /** Nothing runs in a workspace that is not trusted. */
  trusted: boolean;
}

/** host -> panel: events of a run. `from` is set where this answers a `fetch`. */
export interface EventsMessage {
  type: 'events';
  run: string;
  events: RunEvent[];
  from?: number;
}

/** host -> panel: the status of a run changed. */
export interface SummaryMessage {
  type: 'summary';
  summary: RunSummary;
}

/** host -> panel: something the panel asked for cannot be had; said in words. `run` is set where a `fetch` failed. */
export interface ProblemMessage {
  type: 'problem';
  message: string;
  run?: string;
}

/** host -> panel: the parameters and metrics of runs. */
export interface RowsMessage {
  type: 'rows';
  rows: RunRow[];
}

/** host -> panel: compare these runs, also of other specs. */
export interface CompareMessage {
  type: 'compare';
  runs: RunSummary[];
}

export type ToPanel =
  RunsMessage | EventsMessage | SummaryMessage | ProblemMessage | RowsMessage | CompareMessage;

import type {
  BackendChoice,
  BaselineReport,
  EnsembleMember,
  LegReport,
  MeasuredAttack,
  MeasuredSpectrum,
  Metrics,
  PathPca,
} from '../protocol/generated';
import { EngineError } from './engine-error';
import type { EngineState } from './host';

/** What has happened so far, as plain facts: with the saved vectors, all that a resume needs. */
export interface RunRecord {
  version: typeof STATE_VERSION;
  /** ISO 8601. */
  started: string;
  /** Seconds of computing so far. */
  seconds: number;
  backend: BackendChoice;
  training: TrainingRecord;
  start?: Metrics;
  /** The legs that are behind us. */
  legs: LegReport[];
  /** The last network that was measured, found sound and written. */
  saved?: SavedNetwork;
  /** The leg at work, once it has begun. */
  leg?: LegRecord;
  /** What `measure.spectrum` has brought. */
  spectra?: MeasuredSpectrum[];
  /** The networks that `measure.pca` looks at, in order. */
  networks?: NetworkRecord[];
  pca?: PathPca;
  /** What `measure.attack` has brought. */
  attacks?: MeasuredAttack[];
  /** Present once the path is behind us, where the spec asks for baselines. */
  compare?: CompareRecord;
}

/** A network whose weights were written. */
export interface SavedNetwork {
  /** Missing for the one before the first leg. */
  leg?: string;
  step: number;
  /** Its weights, relative to the run's folder. */
  file: string;
}

/** One that is part of the path, or the end of a baseline. */
export interface NetworkRecord extends SavedNetwork {
  /** The baseline that it is the end of. */
  baseline?: string;
}

/** How far the baselines have come. */
export interface CompareRecord {
  /** Number of the one at work in the plan. */
  position: number;
  /** Whether it has begun; until then the saved vectors are those that the one before ended with. */
  begun: boolean;
  /** Steps that it has taken. */
  steps: number;
  /** `seconds` of the run when it began. */
  secondsBefore: number;
  reports: BaselineReport[];
  /** Numbers in `compare` of those that have failed. */
  failed: number[];
}

export interface TrainingRecord {
  /** Batches done. */
  batches: number;
  /** Loss summed since the last progress event, and over how many batches. */
  lossSum: number;
  lossCount: number;
}

export interface LegRecord {
  /** Steps walked. */
  steps: number;
  arcLength: number;
  action: number;
  /** `seconds` of the run when the leg began. */
  secondsBefore: number;
  projected?: Metrics;
  /** The last measurement. */
  metrics: Metrics;
  /** The ends of the paths so far, where the leg walks several. */
  members?: EnsembleMember[];
  /** Codes of the warnings that were given; each is given once a leg. */
  warned: string[];
  solver: Record<string, number>;
}

/** Changes when an older state can no longer be understood. */
const STATE_VERSION = 1;

/** The record of a run that has not begun. */
export function newRecord(started: string, backend: BackendChoice): RunRecord {
  const training = { batches: 0, lossSum: 0, lossCount: 0 };
  return { version: STATE_VERSION, started, seconds: 0, backend, training, legs: [] };
}

/** The record in a saved state. */
export function recordOf(state: EngineState): RunRecord {
  const record = state.facts['record'] as RunRecord | undefined;
  if (record?.version !== STATE_VERSION)
    throw new EngineError(
      'fip/state-version',
      'This run was saved by another version of FIP Lab and cannot be resumed. Start a new run.',
      '',
    );
  return structuredClone(record);
}

import { join } from 'node:path';

/** The files of a run, as absolute paths. */
export interface RunFiles {
  /** Facts about the run (RunFacts). */
  facts: string;
  /** The spec's text as it was. */
  spec: string;
  /** The resolved experiment. */
  experiment: string;
  /** The event log, one event a line. */
  events: string;
  /** What a resume starts from, safe from a power cut. */
  state: string;
  /** What it starts from where nothing but the process died; see `StateStore`. */
  stateSlots: readonly string[];
  /** Weights for the user to keep. */
  weights: string;
  /** The report, once the run has ended. */
  report: string;
  /** What the engine wrote to stderr. */
  log: string;
  /** Exists where the user asked the run to stop. */
  stop: string;
  /** Held by the living engine. */
  lock: string;
}

/** The names of the files in a run's folder. */
export function runFiles(folder: string): RunFiles {
  return {
    facts: join(folder, 'run.json'),
    spec: join(folder, 'spec.fip.yaml'),
    experiment: join(folder, 'experiment.json'),
    events: join(folder, 'events.jsonl'),
    state: join(folder, 'state.safetensors'),
    stateSlots: [join(folder, 'state-0.bin'), join(folder, 'state-1.bin')],
    weights: join(folder, 'weights'),
    report: join(folder, 'report.json'),
    log: join(folder, 'engine.log'),
    stop: join(folder, 'stop'),
    lock: join(folder, 'engine.lock'),
  };
}

/** The folder that holds the runs of all specs in a directory. */
export function runsFolder(directory: string): string {
  return join(directory, '.fip', 'runs');
}

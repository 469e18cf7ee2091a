import { readFileSync, rmSync } from 'node:fs';
import type { EngineHost, EngineState } from '../engine/host';
import type { Report, RunEvent } from '../protocol/generated';
import type { Experiment } from '../spec/experiment';
import { releaseEngineLock, takeEngineLock } from './engine-lock';
import { EventLog, readEventLog } from './event-log';
import { failedReport } from './failed-report';
import { readRunFacts, writeRunFacts, type RunFacts } from './run-facts';
import { runFiles } from './run-folder';
import { RunHost } from './run-host';
import { RunError } from './run-error';
import { ProcessGuard } from './process-guard';
import type { NumberedState } from './run-state';
import { loadState } from './state-store';

/** The engine's one function, as this process calls it. */
export type RunExperiment = (
  experiment: Experiment,
  host: EngineHost,
  resumeFrom?: EngineState,
) => Promise<Report>;

/** Exit codes of an engine process. */
export const engineExitCodes = { completed: 0, failed: 3, refused: 4, stopped: 130 } as const;

/**
 * Runs the experiment in a run's folder to its end in this process, and prints each event as a line on stdout.
 * @param options resume: go on from the saved state, or from the start where none was saved
 * @returns the exit code for this process; what it refuses or cannot do is said on stderr
 */
export async function runEngineProcess(
  folder: string,
  options: { resume: boolean },
  runExperiment: RunExperiment,
): Promise<number> {
  const facts = readRunFacts(folder);
  if (!facts) return refuse(`${folder} is not the folder of a run: its run.json cannot be read.`);
  try {
    takeEngineLock(folder);
  } catch (error) {
    return refuse(messageOf(error));
  }
  try {
    return await runLocked(folder, facts, options, runExperiment);
  } finally {
    releaseEngineLock(folder);
  }
}

async function runLocked(
  folder: string,
  facts: RunFacts,
  options: { resume: boolean },
  runExperiment: RunExperiment,
): Promise<number> {
  const { node: _, ...versions } = facts.versions;
  const current = { ...facts, pid: process.pid, versions: { ...versions, node: process.version } };
  writeRunFacts(folder, current);
  let work: Work;
  try {
    work = prepare(folder, options.resume);
  } catch (error) {
    return failEarly(folder, facts, error);
  }
  const host = new RunHost(folder, facts, work.log, printEvent, work.saved?.number);
  try {
    return await attend(folder, facts, host, work, runExperiment);
  } finally {
    host.close();
    work.log.close();
  }
}

interface Work {
  experiment: Experiment;
  log: EventLog;
  saved?: NumberedState;
}

function prepare(folder: string, resume: boolean): Work {
  const files = runFiles(folder);
  const experiment = readExperiment(files.experiment);
  const hasEvents = readEventLog(files.events).events.length > 0;
  if (hasEvents && !resume) throw startedBefore(folder);
  const saved = resume ? loadState(files) : undefined;
  rmSync(files.report, { force: true });
  // Without its first events a run cannot be shown: then it starts again, as it does where nothing was saved.
  if (!saved || !hasEvents) {
    for (const state of [files.state, ...files.stateSlots]) rmSync(state, { force: true });
    return { experiment, log: EventLog.create(files.events) };
  }
  return { experiment, log: EventLog.reopen(files.events, saved.nextSeq), saved };
}

function readExperiment(path: string): Experiment {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Experiment;
  } catch (error) {
    throw new RunError(
      'fip/run-damaged',
      `The resolved spec ${path} cannot be read (${messageOf(error)}). Run the experiment again.`,
    );
  }
}

function startedBefore(folder: string): RunError {
  return new RunError(
    'fip/run-exists',
    `The run in ${folder} was started before. Resume it, or start a new run.`,
  );
}

/** Runs the engine under guard: signals ask it to stop, and whatever it throws ends the run with a reason. */
async function attend(
  folder: string,
  facts: RunFacts,
  host: RunHost,
  work: Work,
  runExperiment: RunExperiment,
): Promise<number> {
  const guard = new ProcessGuard(() => host.requestStop());
  try {
    warnOfLostEvents(host, work);
    const end = runExperiment(work.experiment, host, work.saved?.state);
    const report = await Promise.race([end, guard.crashed]);
    return engineExitCodes[report.status];
  } catch (error) {
    return fail(folder, facts, host, error, work.experiment);
  } finally {
    guard.release();
  }
}

function warnOfLostEvents(host: RunHost, { log, saved }: Work): void {
  const lost = (saved?.nextSeq ?? 0) - log.nextSeq;
  if (lost <= 0) return;
  const message = `The event log was damaged: ${lost} events are missing from the curves. The run itself goes on from its saved state and is not harmed.`;
  host.emit({ event: 'warning', code: 'fip/log-damaged', message, pointer: '' });
}

function fail(
  folder: string,
  facts: RunFacts,
  host: RunHost,
  error: unknown,
  experiment?: Experiment,
): number {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  const { events } = readEventLog(runFiles(folder).events);
  const report = failedReport(facts, experiment, events, {
    code: error instanceof RunError ? error.code : 'fip/engine-crashed',
    reason: messageOf(error),
  });
  host.emit({ event: 'run-ended', status: 'failed', report });
  host.close();
  return engineExitCodes.failed;
}

/** What stands in the folder does not let the run begin: the log keeps what it had, and gets the reason. */
function failEarly(folder: string, facts: RunFacts, error: unknown): number {
  if (error instanceof RunError && error.code === 'fip/run-exists') return refuse(error.message);
  const log = EventLog.reopen(runFiles(folder).events, Number.MAX_SAFE_INTEGER);
  return fail(folder, facts, new RunHost(folder, facts, log, printEvent), error);
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return engineExitCodes.refused;
}

/** Writes an event to stdout for as long as somebody reads it; a run goes on without a reader. */
function printEvent(event: RunEvent): void {
  if (process.stdout.writable) process.stdout.write(JSON.stringify(event) + '\n');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { RunEvent } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';
import { RunService } from '../runs/run-service';
import type { CliContext } from './context';
import { exitCodes } from './exit-codes';
import type { RunPrinter } from './run-printer';

/**
 * Begins a run and shows it to its end. The first interrupt asks it to stop, the second one kills it.
 * @param begin starts or resumes the run with the given service
 * @returns the exit code
 */
export async function followRun(
  context: CliContext,
  printer: RunPrinter,
  begin: (service: RunService) => Promise<RunSummary>,
): Promise<number> {
  const follower = new Follower(printer);
  const service = new RunService({
    engineScript: context.engineScript,
    onEvents: (run, events) => follower.onEvents(run, events),
    onChanged: (summary) => follower.onChanged(summary),
  });
  const release = context.onInterrupt(() => follower.interrupt(service));
  try {
    follower.begin(await begin(service), service);
    return await follower.ended;
  } finally {
    release();
    service.dispose();
  }
}

const OVER: readonly RunSummary['status'][] = ['completed', 'stopped', 'failed', 'interrupted'];

class Follower {
  readonly #printer: RunPrinter;
  #run: string | undefined;
  #interrupts = 0;
  #last: RunEvent | undefined;
  #resolve: (code: number) => void = () => undefined;
  /** Resolves to the exit code. */
  readonly ended = new Promise<number>((resolve) => (this.#resolve = resolve));

  constructor(printer: RunPrinter) {
    this.#printer = printer;
  }

  begin(summary: RunSummary, service: RunService): void {
    this.#run = summary.run;
    this.#printer.begin(summary);
    // Ctrl-C may have come while the engine was being started.
    if (this.#interrupts > 0) this.#stop(service);
  }

  onEvents(run: string, events: readonly RunEvent[]): void {
    if (run !== this.#run) return;
    this.#last = events.at(-1);
    this.#printer.events(events);
  }

  onChanged(summary: RunSummary): void {
    if (summary.run !== this.#run || !OVER.includes(summary.status)) return;
    this.#printer.end(summary);
    this.#resolve(this.#exitCode(summary.status));
  }

  interrupt(service: RunService): void {
    this.#interrupts++;
    if (this.#run !== undefined) this.#stop(service);
  }

  #stop(service: RunService): void {
    const mode = this.#interrupts > 1 ? 'kill' : 'stop';
    if (mode === 'stop') this.#printer.stopping();
    // It may have ended in this very moment: then there is nothing to stop.
    service.stop(this.#run ?? '', mode).catch(() => undefined);
  }

  #exitCode(status: RunSummary['status']): number {
    if (status === 'completed') return completedCode(this.#last);
    if (status === 'stopped') return exitCodes.stopped;
    return status === 'interrupted' && this.#interrupts > 1
      ? exitCodes.stopped
      : exitCodes.runFailed;
  }
}

function completedCode(last: RunEvent | undefined): number {
  const missed = last?.event === 'run-ended' && last.report.expectations.some((e) => !e.passed);
  return missed ? exitCodes.expectationFailed : exitCodes.good;
}

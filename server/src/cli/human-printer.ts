import type { RunEvent, RunStarted } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';
import { emptyRunView, foldEvent, type RunView } from '../protocol/run-view';
import type { Experiment } from '../spec/experiment';
import { outputWidth, type CliContext } from './context';
import { Eta } from './eta';
import { duration, plural } from './format';
import { outcomeLines } from './outcome';
import { currentProgress, keyMetrics, progressLine } from './progress-line';
import type { RunPrinter } from './run-printer';
import { SparseLines } from './sparse-lines';
import { StatusLine } from './status-line';
import { styleFor, type Style } from './style';
import { resumeCommand } from './run-reference';

/** How a run is shown to people. */
export interface HumanPrinterOptions {
  /** Only the outcome. */
  quiet: boolean;
  /** For the bounds of the expectations. */
  experiment: Experiment | undefined;
  /** What happened before this time (ISO 8601) is history that a resumed run tells again: it is not printed. */
  since?: string;
}

/** Header, progress, and outcome of a run, for people: a bar on a terminal, a few lines elsewhere. */
export class HumanPrinter implements RunPrinter {
  readonly #context: CliContext;
  readonly #options: HumanPrinterOptions;
  readonly #style: Style;
  readonly #bar: StatusLine;
  readonly #sparse = new SparseLines();
  readonly #eta = new Eta();
  #view: RunView = emptyRunView();

  constructor(context: CliContext, options: HumanPrinterOptions) {
    this.#context = context;
    this.#options = options;
    this.#style = styleFor(context.stdout, context.env);
    this.#bar = new StatusLine(context.stdout, !options.quiet);
  }

  begin(summary: RunSummary): void {
    this.#say(`${this.#style.bold(summary.name)}  run ${this.#style.cyan(summary.nickname)}`);
  }

  events(events: readonly RunEvent[]): void {
    const { since = '' } = this.#options;
    for (const event of events) {
      this.#view = foldEvent(this.#view, event);
      if (event.time < since) continue;
      this.#tell(event);
      // A bar shows where the run is now; lines tell how it came there.
      if (!this.#bar.interactive || event === events.at(-1)) this.#progress(event.time);
    }
  }

  stopping(): void {
    const line = 'Stopping after this step. Press Ctrl-C once more to end at once.';
    if (this.#bar.interactive) this.#bar.above(this.#style.yellow(line));
    else this.#context.stderr.write(`${line}\n`);
  }

  end(summary: RunSummary): void {
    this.#bar.clear();
    const { stdout, cwd } = this.#context;
    const outcome = {
      summary,
      view: this.#view,
      experiment: this.#options.experiment,
      resume: resumeCommand(summary, cwd),
      cwd,
    };
    const lines = outcomeLines(outcome, outputWidth(stdout), this.#style);
    const gap = this.#options.quiet ? [] : [''];
    stdout.write([...gap, ...lines].map((line) => `${line}\n`).join(''));
  }

  /** What stays on the screen. */
  #tell(event: RunEvent): void {
    switch (event.event) {
      case 'run-started': {
        this.#header(event);
        return;
      }
      case 'run-resumed': {
        this.#resumed();
        return;
      }
      case 'start-ended': {
        this.#done('start', keyMetrics(event.metrics), event.seconds);
        return;
      }
      case 'leg-ended': {
        this.#done(event.report.leg, keyMetrics(event.report.end), event.report.seconds);
        return;
      }
      case 'baseline-ended': {
        if (!event.report) return;
        const { baseline, end, seconds } = event.report;
        this.#done(baseline, keyMetrics(end), seconds);
        return;
      }
      case 'warning': {
        this.#say(this.#style.yellow(`! ${event.message} [${event.code}]`));
        return;
      }
      default:
        return undefined;
    }
  }

  #header({ backend, parameters, seed }: RunStarted): void {
    this.#say(`  backend  ${backend.name} on ${backend.device}. ${backend.reason}`);
    this.#say(`  network  ${plural(parameters, 'parameter')}, seed ${seed}`);
    this.#say('');
  }

  #resumed(): void {
    const { backend } = this.#view;
    const place = currentProgress(this.#view);
    if (backend) this.#say(`  backend  ${backend.name} on ${backend.device}. ${backend.reason}`);
    this.#say(place ? `  resumed  ${place.phase}, ${place.note}` : '  resumed  from the start');
    this.#say('');
  }

  #done(label: string, metrics: string, seconds: number): void {
    this.#bar.clear();
    this.#say(`${label.padEnd(16)} ${metrics}  ${this.#style.dim(`(${duration(seconds)})`)}`);
  }

  #progress(time: string): void {
    const progress = currentProgress(this.#view);
    if (!progress || this.#options.quiet) {
      this.#bar.clear();
      return;
    }
    const eta = this.#eta.observe(progress.phase, progress.fraction, time);
    if (this.#bar.interactive) {
      this.#bar.show(progressLine(progress, eta, outputWidth(this.#context.stdout) - 1));
      return;
    }
    const line = this.#sparse.next(progress);
    if (line !== undefined) this.#say(line);
  }

  #say(line: string): void {
    if (!this.#options.quiet) this.#bar.above(line);
  }
}

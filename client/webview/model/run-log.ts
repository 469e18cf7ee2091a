import type { RunEvent } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { duration, number } from './format';

/** A line of the log. */
export interface LogLine {
  /** ISO 8601. */
  time: string;
  tone: 'plain' | 'warning' | 'bad';
  /** The leg and step, where it has one. */
  place: { leg?: string; step?: number };
  words: string;
  /** Of a warning: its code and what it is about. */
  code?: string;
  pointer?: string;
}

/** What happened in a run, without what its curves show; in order. A run that is told anew begins a new log. */
export class RunLog {
  #lines: LogLine[] = [];

  constructor(private readonly t: Translate) {}

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Takes an event of the run, in order. */
  add(event: RunEvent): void {
    if (event.event === 'run-started') this.#lines = [];
    const line = logLine(event, this.t);
    if (line) this.#lines.push({ time: event.time, place: {}, tone: 'plain', ...line });
  }
}

type Told = Partial<LogLine> & { words: string };

function logLine(event: RunEvent, t: Translate): Told | undefined {
  switch (event.event) {
    case 'run-started':
      return { words: t('Run started: {0} on {1}.', event.backend.name, event.backend.device) };
    case 'run-resumed':
      return { words: t('Resumed: {0} on {1}.', event.backend.name, event.backend.device) };
    case 'start-ended':
      return { words: t('The first network stands after {0}.', duration(event.seconds)) };
    case 'leg-started':
      return {
        place: { leg: event.leg },
        words: t('Leg started: {0}, {1} steps.', event.objective, event.steps),
      };
    case 'step':
      return halved(event, t);
    case 'leg-ended': {
      const { leg, status, steps, seconds } = event.report;
      const words = t('Leg {0} after {1} steps and {2}.', status, steps, duration(seconds));
      return { place: { leg, step: steps }, words };
    }
    default:
      return besides(event, t);
  }
}

/** A step that moved the outputs too far was halved: worth a line, as the path is slower there. */
function halved(event: Extract<RunEvent, { event: 'step' }>, t: Translate): Told | undefined {
  const { leg, step, halvings = 0, movement } = event;
  if (halvings === 0) return undefined;
  const words =
    halvings === 1
      ? t('The step was halved; outputs moved by {0}.', number(movement))
      : t('The step was halved {0} times; outputs moved by {1}.', halvings, number(movement));
  return { place: { leg, step }, words };
}

function besides(event: RunEvent, t: Translate): Told | undefined {
  switch (event.event) {
    case 'warning': {
      const { leg, step, code, message: words, pointer } = event;
      const place = { ...(leg !== undefined && { leg }), ...(step !== undefined && { step }) };
      return { tone: 'warning', place, words, code, pointer };
    }
    case 'baseline-started':
      return { place: { leg: event.leg }, words: t('Baseline {0} started.', event.baseline) };
    case 'baseline-ended':
      return event.report
        ? {
            place: { leg: event.leg },
            words: t(
              'Baseline {0} ended after {1}.',
              event.baseline,
              duration(event.report.seconds),
            ),
          }
        : {
            tone: 'bad',
            place: { leg: event.leg },
            words: t('Baseline {0} failed.', event.baseline),
          };
    case 'run-ended': {
      const { status, report } = event;
      const why = report.reason === undefined ? '' : ` ${report.reason}`;
      const words = t('Run {0} after {1} of computing.', status, duration(report.seconds));
      return { tone: status === 'failed' ? 'bad' : 'plain', words: words + why };
    }
    default:
      return undefined;
  }
}

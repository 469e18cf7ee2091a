import type { RunView } from '../protocol/run-view';
import { cut, duration, percent, short } from './format';

/** How far the run is, in what it does now. */
export interface Progress {
  /** What is at work: `training`, or the name of the leg or the baseline. */
  phase: string;
  /** 0 to 1. */
  fraction: number;
  /** Where it stands and what was measured last. */
  note: string;
}

/** The bar takes what is left of the line, within these bounds. */
const SHORTEST_BAR = 8;
const LONGEST_BAR = 24;
const LABEL = 16;

/** What the run does now, or undefined where there is nothing to show a bar for. */
export function currentProgress(view: RunView): Progress | undefined {
  const leg = view.legs.find(({ status }) => status === 'running');
  if (leg) {
    const measured = keyMetrics(leg.checkpoints.at(-1)?.metrics);
    const note = [`step ${leg.step}/${leg.steps}`, measured].filter(Boolean).join('  ');
    return { phase: leg.leg, fraction: leg.steps > 0 ? leg.step / leg.steps : 0, note };
  }
  const baseline = view.baselines.find(({ status }) => status === 'running');
  if (baseline) {
    const { step, steps } = baseline;
    const note = `step ${step}/${steps}  beside ${baseline.leg}`;
    return { phase: baseline.baseline, fraction: steps > 0 ? step / steps : 0, note };
  }
  const { training } = view;
  if (view.phase !== 'training' || !training) return undefined;
  const note = `epoch ${training.epoch}/${training.epochs}  loss ${short(training.loss)}`;
  return { phase: 'training', fraction: training.fraction, note };
}

/** `digits 97.1 %  sparsity 60.0 %`. */
export function keyMetrics(metrics: Measured | undefined): string {
  if (!metrics) return '';
  const accuracies = Object.entries(metrics.accuracy);
  const parts = accuracies.map(([name, value]) => `${name} ${percent(value)}`);
  if (metrics.sparsity) parts.push(`sparsity ${percent(metrics.sparsity)}`);
  return parts.join('  ');
}

type Measured = NonNullable<RunView['start']>;

/** One line with label, bar, percent, time left and note, at most `width` wide. */
export function progressLine(
  { phase, fraction, note }: Progress,
  eta: number | undefined,
  width: number,
): string {
  const part = Math.max(0, Math.min(1, fraction));
  const label = cut(phase, LABEL).padEnd(LABEL);
  const share = `${Math.floor(part * 100)} %`.padStart(5);
  const left = eta === undefined ? '' : `  ${duration(eta)} left`;
  const rest = `${share}${left}  ${note}`;
  const room = width - LABEL - 2 - Array.from(rest).length;
  return cut(`${label} ${bar(part, room)} ${rest}`, width);
}

function bar(part: number, room: number): string {
  const length = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, room));
  const filled = Math.round(part * length);
  return '█'.repeat(filled) + '░'.repeat(length - filled);
}

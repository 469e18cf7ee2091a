/** What a line of the Runs view says. Pure, so that it can be tested without an editor. */
import type { RunSummary } from '../../../server/src/protocol/messages';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { isActive, isResumable } from '../runs/run-states';
import { activityText, percentDone } from '../runs/run-texts';
import type { TrackedRun } from '../runs/run-tracker';

/** An icon of VS Code and the colour that it has. */
export interface LineIcon {
  icon: string;
  colour?: string;
}

/** How long ago something was, in words of the user's language. */
export type Ago = (iso: string) => string;

/** The grey text behind a run's name: what it does or did, and when. */
export function runDescription(
  summary: RunSummary,
  active: TrackedRun | undefined,
  ago: Ago,
  t: Translate,
): string {
  if (active && isActive(summary))
    return [t('{0} %', percentDone(active)), activityText(active, t)].join(' · ');
  const parts = [...outcomeParts(summary, t), stateWord(summary, t), ago(summary.started)];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The measured values that a run stands at, such as `97.4 %`, `95 % sparse`, `2 of 2 hold`, `45 s`. */
function outcomeParts({ outcome }: RunSummary, t: Translate): string[] {
  const { accuracy = {}, sparsity, expectations, seconds, backend } = outcome;
  const measured = Object.entries(accuracy).filter(([, value]) => value !== null);
  const named = (data: string) => (measured.length > 1 ? `${data} ` : '');
  return [
    ...measured.map(([data, value]) => `${named(data)}${percentText(value ?? 0)}`),
    ...(sparsity ? [t('{0} sparse', percentText(sparsity))] : []),
    ...(expectations ? [t('{0} of {1} hold', expectations.passed, expectations.total)] : []),
    ...(seconds !== undefined ? [durationText(seconds)] : []),
    ...(backend !== undefined && seconds !== undefined ? [backend] : []),
  ];
}

/** Said of every end that is no completion. */
function stateWord({ status }: RunSummary, t: Translate): string | undefined {
  if (status === 'failed') return t('failed');
  if (status === 'stopped') return t('stopped');
  if (status === 'interrupted') return t('interrupted');
  return undefined;
}

/** The icon of a run: its shape tells the state where its colour does not. */
export function runIcon({ status, outcome }: RunSummary): LineIcon {
  const { passed, total } = outcome.expectations ?? { passed: 0, total: 0 };
  switch (status) {
    case 'completed':
      return passed < total
        ? { icon: 'warning', colour: 'list.warningForeground' }
        : { icon: 'pass', colour: 'testing.iconPassed' };
    case 'failed':
      return { icon: 'error', colour: 'testing.iconFailed' };
    case 'stopped':
      return { icon: 'debug-pause' };
    case 'interrupted':
      return { icon: 'debug-disconnect', colour: 'list.warningForeground' };
    default:
      return { icon: 'loading~spin' };
  }
}

/** What menus ask of a run. */
export function runContext(summary: RunSummary): string {
  const state = isActive(summary) ? 'active' : 'ended';
  return `run ${state}${isResumable(summary) ? ' resumable' : ''}`;
}

/** The whole state in a sentence, for the tooltip and for screen readers. */
export function runTooltip(summary: RunSummary, description: string, t: Translate): string {
  const why = summary.reason === undefined ? [] : [summary.reason];
  const label = summary.label === undefined ? [] : [t('Nickname: {0}', summary.nickname)];
  return [`${summary.name}: ${description}`, ...why, ...label, summary.folder].join('\n');
}

/** A share as per cent with at most one decimal. */
const percentText = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

function durationText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

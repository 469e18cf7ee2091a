/** How far a run has come, as every progress bar shows it. Pure. */
import type { BaselineView, LegView, RunView } from './run-view';

/** What is being done now. */
export type RunActivity =
  | { kind: 'starting' }
  | { kind: 'training'; epoch: number; epochs: number }
  | { kind: 'walking'; leg: string; step: number; steps: number }
  | { kind: 'comparing'; baseline: string; leg: string; step: number; steps: number }
  | { kind: 'measuring' }
  | { kind: 'ended' };

export interface RunProgress {
  activity: RunActivity;
  /** Part of the whole run that is done, 0 to 1. */
  fraction: number;
}

/** Share of the bar that training the first network takes, where there is any training. */
const TRAINING_SHARE = 0.3;

/**
 * The progress of a run. Training counts for 30 % of the whole, every step of the path and of the baselines for the same
 * part of the rest; where there is no path, training is all
 * that takes long.
 */
export function runProgress(view: RunView): RunProgress {
  return { activity: activity(view), fraction: fraction(view) };
}

function activity(view: RunView): RunActivity {
  if (view.phase === 'ended') return { kind: 'ended' };
  if (view.phase === 'training') return trainingActivity(view);
  const leg = currentLeg(view);
  const baseline = currentBaseline(view);
  if (view.phase === 'walking' && !leg && baseline) return comparing(baseline);
  if (view.phase === 'walking' && view.legs.length === 0) return { kind: 'measuring' };
  if (view.phase === 'starting' || !leg) return { kind: 'starting' };
  return { kind: 'walking', leg: leg.leg, step: leg.step, steps: leg.steps };
}

function trainingActivity(view: RunView): RunActivity {
  const { training } = view;
  return {
    kind: 'training',
    epoch: training?.epoch ?? 1,
    epochs: training?.epochs ?? view.epochs,
  };
}

/** The leg being walked, or the next one to walk between two legs. */
function currentLeg(view: RunView): LegView | undefined {
  return (
    view.legs.find(({ status }) => status === 'running') ??
    view.legs.find(({ status }) => status === 'waiting')
  );
}

/** The baseline at work, or the next one. */
function currentBaseline(view: RunView): BaselineView | undefined {
  return (
    view.baselines.find(({ status }) => status === 'running') ??
    view.baselines.find(({ status }) => status === 'waiting')
  );
}

function comparing({ baseline, leg, step, steps }: BaselineView): RunActivity {
  return { kind: 'comparing', baseline, leg, step, steps };
}

function fraction(view: RunView): number {
  if (view.status === 'completed') return 1;
  const training = view.epochs === 0 ? 0 : view.legs.length === 0 ? 1 : TRAINING_SHARE;
  const trained = view.start ? 1 : Math.min(1, view.training?.fraction ?? 0);
  return training * trained + (1 - training) * walkedFraction(view);
}

function walkedFraction({ legs, baselines }: RunView): number {
  const parts = [...legs, ...baselines];
  const planned = sum(parts.map(({ steps }) => steps));
  return planned > 0 ? Math.min(1, sum(parts.map(stepsTaken)) / planned) : 0;
}

/** A leg that reached its target early counts in full, and so does a baseline that failed: the run goes on after it. */
function stepsTaken(part: LegView | BaselineView): number {
  const isOver = part.status === 'completed' || ('baseline' in part && part.status === 'failed');
  return isOver ? part.steps : part.step;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Puts values into a translated sentence: `translate('step {0} of {1}', 3, 10)`. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** The activity in words, such as `Leg prune: step 23 of 60`. */
export function describeActivity(activity: RunActivity, t: Translate): string {
  switch (activity.kind) {
    case 'starting':
      return t('Getting ready');
    case 'training':
      return t('Training: epoch {0} of {1}', activity.epoch, activity.epochs);
    case 'walking':
      return t('Leg {0}: step {1} of {2}', activity.leg, activity.step, activity.steps);
    case 'comparing':
      return t(
        'Baseline {0} beside {1}: step {2} of {3}',
        activity.baseline,
        activity.leg,
        activity.step,
        activity.steps,
      );
    case 'measuring':
      return t('Measuring');
    case 'ended':
      return t('Finished');
  }
}

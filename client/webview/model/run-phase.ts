import type { Translate } from '../../../server/src/protocol/run-progress';
import type { RunView } from '../../../server/src/protocol/run-view';
import type { PanelAction } from '../../src/results/messages';
import type { PanelStore, ShownRun } from './panel-store';

export type PhaseKind =
  | 'loading'
  | 'problem'
  | 'empty'
  | 'starting'
  | 'training'
  | 'walking'
  | 'stopping'
  | 'completed'
  | 'stopped'
  | 'interrupted'
  | 'failed';

/** In which state the panel is, what it says about it, and what can be done. */
export interface Phase {
  kind: PhaseKind;
  /** The state in a word or three. */
  badge: string;
  tone: 'quiet' | 'busy' | 'good' | 'warn' | 'bad';
  /** What happened and what to do, where the badge does not say it all. */
  advice?: string;
  /** Most useful first. */
  actions: PanelAction[];
}

/** The state of the panel. Every state that is no plain success or progress says what to do. */
export function phaseOf(store: PanelStore, t: Translate): Phase {
  const phase = anyPhase(store, t);
  return store.runs?.trusted === false ? untrusted(phase, t) : phase;
}

function anyPhase(store: PanelStore, t: Translate): Phase {
  if (store.shown) return runPhase(store.shown, t);
  if (store.runs) return emptyPhase(t);
  if (store.problem !== undefined) return problemPhase(t);
  return { kind: 'loading', badge: t('Reading the runs of this spec'), tone: 'quiet', actions: [] };
}

function emptyPhase(t: Translate): Phase {
  return {
    kind: 'empty',
    badge: t('No run yet'),
    tone: 'quiet',
    advice: t(
      'Run the experiment to see here how accuracy, sparsity and outputs move along the path. It is computed on this machine; nothing leaves it.',
    ),
    actions: ['run'],
  };
}

function problemPhase(t: Translate): Phase {
  return {
    kind: 'problem',
    badge: t('No answer'),
    tone: 'bad',
    advice: t('The runs of this spec could not be read. Try again; the log says more.'),
    actions: ['retry', 'showLog'],
  };
}

function runPhase(run: ShownRun, t: Translate): Phase {
  switch (run.summary.status) {
    case 'starting':
      return startingPhase(t);
    case 'running':
      return runningPhase(run, t);
    case 'stopping':
      return stoppingPhase(t);
    case 'completed':
      return completedPhase(run, t);
    case 'stopped':
      return stoppedPhase(t);
    case 'interrupted':
      return interruptedPhase(run, t);
    case 'failed':
      return failedPhase(run, t);
  }
}

function busy(kind: 'starting' | 'training' | 'walking', badge: string, advice?: string): Phase {
  return { kind, badge, tone: 'busy', actions: ['stop'], ...(advice !== undefined && { advice }) };
}

function startingPhase(t: Translate): Phase {
  return busy('starting', t('Starting'), t('The engine starts and reads the data.'));
}

function runningPhase({ view }: ShownRun, t: Translate): Phase {
  if (view.phase === 'walking') return walkingPhase(view, t);
  if (view.phase !== 'training') return startingPhase(t);
  const advice = t('The first network is being trained. The curves begin with the path.');
  return busy('training', t('Training'), advice);
}

/** Once the path is walked, the baselines follow. */
function walkingPhase({ legs }: RunView, t: Translate): Phase {
  if (legs.length === 0) return busy('walking', t('Measuring'));
  const isWalked = legs.every(({ status }) => status === 'completed');
  return busy('walking', isWalked ? t('Running the baselines') : t('Walking the path'));
}

function stoppingPhase(t: Translate): Phase {
  return {
    kind: 'stopping',
    badge: t('Stopping'),
    tone: 'busy',
    advice: t(
      'The run finishes its step and saves. Kill ends it at once and loses that step only.',
    ),
    actions: ['kill'],
  };
}

function completedPhase({ view }: ShownRun, t: Translate): Phase {
  const failed = (view.report?.expectations ?? []).filter(({ passed }) => !passed).length;
  const actions: PanelAction[] = ['run'];
  if (failed === 0) return { kind: 'completed', badge: t('Completed'), tone: 'good', actions };
  const badge =
    failed === 1
      ? t('Completed, 1 expectation failed')
      : t('Completed, {0} expectations failed', failed);
  return { kind: 'completed', badge, tone: 'warn', actions };
}

function stoppedPhase(t: Translate): Phase {
  return {
    kind: 'stopped',
    badge: t('Stopped'),
    tone: 'warn',
    advice: t('The run was stopped and saved. Resume goes on where it stood, to the same result.'),
    actions: ['resume', 'run'],
  };
}

function interruptedPhase({ summary }: ShownRun, t: Translate): Phase {
  const words = t('The engine ended without a last word. Resume goes on from the last saved step.');
  return {
    kind: 'interrupted',
    badge: t('Interrupted'),
    tone: 'warn',
    advice: summary.reason ?? words,
    actions: ['resume', 'run', 'showLog'],
  };
}

function failedPhase({ summary, view }: ShownRun, t: Translate): Phase {
  const reason = view.report?.reason ?? summary.reason ?? t('The log says why.');
  return {
    kind: 'failed',
    badge: t('Failed'),
    tone: 'bad',
    advice: reason,
    actions: ['run', 'resume', 'showLog'],
  };
}

/** In Restricted Mode nothing is started; what is there can still be read. */
function untrusted(phase: Phase, t: Translate): Phase {
  const actions = phase.actions.filter((action) => action !== 'run' && action !== 'resume');
  if (actions.length === phase.actions.length) return phase;
  const trust = t('This workspace is in Restricted Mode: trust it to run experiments.');
  const advice = phase.kind === 'empty' ? trust : [phase.advice, trust].filter(Boolean).join(' ');
  return { ...phase, advice, actions: ['manageTrust', ...actions] };
}

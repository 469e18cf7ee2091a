import {
  describeActivity,
  runProgress,
  type RunProgress,
} from '../../../server/src/protocol/run-progress';
import type { PanelAction } from '../../src/results/messages';
import { count } from '../model/format';
import type { PanelStore, ShownRun } from '../model/panel-store';
import type { Phase } from '../model/run-phase';
import { t } from '../translate';
import { actionButton, type Act } from './actions';
import { h, type Child } from './element';
import { createPart } from './part';

export interface Header {
  element: HTMLElement;
  update(store: PanelStore, phase: Phase): void;
}

/** The head of the panel: which experiment, how it stands, what can be done, and how far it is. */
export function createHeader(act: Act, picker: HTMLElement): Header {
  const title = createPart(h('div', { class: 'title' }), drawTitle);
  const actions = createPart(h('div', { class: 'actions' }), drawActions(act));
  const progress = createPart(h('div', { class: 'progress' }), drawProgress);
  const facts = createPart(h('dl', { class: 'facts' }), drawFacts);
  const first = h('div', { class: 'first-line' }, title.element, actions.element);
  const second = h('div', { class: 'second-line' }, picker, facts.element);
  return {
    element: h('header', {}, first, progress.element, second),
    update(store, phase) {
      title.update({ name: nameOf(store), badge: phase.badge, tone: phase.tone });
      actions.update(phase.actions);
      progress.update(progressOf(store.shown, phase));
      facts.update(factsOf(store.shown));
    },
  };
}

function nameOf({ shown, runs }: PanelStore): string {
  return shown?.summary.name ?? runs?.fileName ?? t('Results');
}

function drawTitle({ name, badge, tone }: { name: string; badge: string; tone: string }): Child[] {
  return [h('h1', {}, name), h('span', { class: `badge ${tone}` }, badge)];
}

function drawActions(act: Act): (actions: PanelAction[]) => Child[] {
  return (actions) => [
    ...actions.map((action, index) => actionButton(action, index === 0 && isInviting(action), act)),
    actionButton('openSpec', false, act),
  ];
}

/** Ending a run is offered, not recommended. */
function isInviting(action: PanelAction): boolean {
  return action !== 'stop' && action !== 'kill';
}

interface ShownProgress extends RunProgress {
  words: string;
  busy: boolean;
}

/** Progress is shown as long as an engine works, and where it stood when a run ended before its end. */
function progressOf(shown: ShownRun | undefined, phase: Phase): ShownProgress | null {
  if (!shown || phase.kind === 'completed') return null;
  const progress = runProgress(shown.view);
  return { ...progress, words: progressWords(progress, phase), busy: phase.tone === 'busy' };
}

/** What is being done. Of a run that is being resumed it is known only how it ended before. */
export function progressWords({ activity }: RunProgress, phase: Phase): string {
  if (phase.kind === 'starting') return describeActivity({ kind: 'starting' }, t);
  return activity.kind === 'ended' ? '' : describeActivity(activity, t);
}

function drawProgress(progress: ShownProgress | null): Child[] {
  if (!progress) return [];
  const percent = Math.floor(100 * progress.fraction);
  const label = t('Progress of the run');
  const bar = h('progress', { max: 100, value: percent, 'aria-label': label });
  bar.classList.toggle('busy', progress.busy);
  const words = h('span', { class: 'words' }, progress.words);
  return [bar, h('p', {}, words, h('span', { class: 'percent' }, `${percent}\u202f%`))];
}

type Fact = [name: string, value: string, explanation: string];

function factsOf(shown: ShownRun | undefined): Fact[] {
  if (!shown) return [];
  const { backend, parameters, seed } = shown.view;
  const facts: Fact[] = [];
  if (parameters > 0) {
    facts.push([t('Parameters'), count(parameters), ''], [t('Seed'), String(seed), '']);
  }
  if (backend) {
    facts.push([t('Backend'), t('{0} on {1}', backend.name, backend.device), backend.reason]);
  }
  return facts;
}

function drawFacts(facts: Fact[]): Child[] {
  return facts.map(([name, value, explanation]) =>
    h(
      'div',
      {},
      h('dt', {}, name),
      h('dd', {}, value, explanation !== '' && h('span', { class: 'why' }, explanation)),
    ),
  );
}

import type { CheckpointFacts } from '../model/checkpoint-facts';
import { t } from '../translate';
import { h, type Child } from './element';
import { revealButton, type Reveal } from './expectations-view';
import { createPart, type Part } from './part';

export interface CheckpointActs {
  reveal: Reveal;
  exportWeights: (run: string, file: string) => void;
  close: () => void;
}

/** The checkpoint that the reader chose in a chart, at the lower edge of the panel. */
export function createCheckpoint(acts: CheckpointActs): Part<CheckpointFacts | undefined> {
  const element = h('aside', { class: 'checkpoint', 'aria-label': t('Checkpoint') });
  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') acts.close();
  });
  return createPart<CheckpointFacts | undefined>(element, (facts) => draw(facts, acts));
}

function draw(facts: CheckpointFacts | undefined, acts: CheckpointActs): Child[] {
  if (!facts) return [];
  const { run, title, pointer, file } = facts;
  const close = h('button', { type: 'button', class: 'secondary' }, t('Close'));
  close.addEventListener('click', acts.close);
  const list = facts.facts.map(([name, value]) =>
    h('div', {}, h('dt', {}, name), h('dd', {}, value)),
  );
  return [
    h('div', { class: 'chart-head' }, h('h2', {}, title), close),
    h('dl', {}, ...list),
    h(
      'p',
      { class: 'checkpoint-acts' },
      revealButton(pointer, acts.reveal),
      file === undefined
        ? h('span', { class: 'caption' }, t('Its weights were not written.'))
        : weightsButton(run, file, acts),
    ),
  ];
}

function weightsButton(run: string, file: string, { exportWeights }: CheckpointActs): HTMLElement {
  const button = h('button', { type: 'button', class: 'link' }, t('Export these weights'));
  button.addEventListener('click', () => exportWeights(run, file));
  return button;
}

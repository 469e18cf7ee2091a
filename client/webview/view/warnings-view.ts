import type { Warning } from '../../../server/src/protocol/generated';
import { t } from '../translate';
import { h, type Child } from './element';
import { revealButton, type Reveal } from './expectations-view';
import { createPart, type Part } from './part';

/** What the run warned of, in order. */
export function createWarnings(reveal: Reveal): Part<Warning[]> {
  const section = h('section', { class: 'warnings' });
  return createPart<Warning[]>(section, (warnings) => draw(warnings, reveal));
}

function draw(warnings: Warning[], reveal: Reveal): Child[] {
  if (warnings.length === 0) return [];
  const items = warnings.map((warning) => item(warning, reveal));
  return [h('h2', {}, t('Warnings')), h('ul', { class: 'outcomes' }, ...items)];
}

function item(warning: Warning, reveal: Reveal): HTMLElement {
  return h(
    'li',
    { class: 'warning' },
    h('span', { class: 'mark' }, '!'),
    h('span', { class: 'outcome' }, place(warning)),
    h('span', { class: 'words' }, warning.message, ' ', h('code', {}, warning.code)),
    revealButton(warning.pointer, reveal),
  );
}

function place({ leg, step }: Warning): string {
  if (leg === undefined) return t('Run');
  return step === undefined ? leg : t('{0}, step {1}', leg, step);
}

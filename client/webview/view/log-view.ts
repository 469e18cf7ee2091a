import type { LogLine } from '../model/run-log';
import { t } from '../translate';
import { h } from './element';
import { revealButton, type Reveal } from './expectations-view';

/** So many lines are on the page at once; the reader asks for more. */
const PAGE = 200;

export interface LogView {
  element: HTMLElement;
  /** `lines` may have grown since, or belong to another run. */
  update(lines: readonly LogLine[]): void;
}

/** The log of the run, newest line first. It is built only while it is open: it can be long. */
export function createLog(reveal: Reveal): LogView {
  const list = h('ol', { class: 'log', reversed: true });
  const more = h('button', { type: 'button', class: 'secondary' }, t('Show earlier lines'));
  const title = h('summary', {}, h('h2', {}, t('Run log')));
  const details = h('details', {}, title, list, more);
  const element = h('section', { hidden: true }, details);
  let lines: readonly LogLine[] = [];
  let shown = PAGE;
  const draw = () => {
    const page = details.open ? lines.slice(-shown).reverse() : [];
    list.replaceChildren(...page.map((line) => drawLine(line, reveal)));
    more.hidden = lines.length <= shown;
  };
  details.addEventListener('toggle', draw);
  more.addEventListener('click', () => {
    shown += PAGE;
    draw();
  });
  let drawn: LogLine | undefined;
  return {
    element,
    update(next) {
      lines = next;
      element.hidden = next.length === 0;
      if (drawn === next.at(-1)) return;
      drawn = next.at(-1);
      draw();
    },
  };
}

function drawLine({ time, tone, place, words, code, pointer }: LogLine, reveal: Reveal) {
  return h(
    'li',
    { class: tone },
    h('time', { datetime: time }, clock(time)),
    h('span', { class: 'place' }, placeText(place)),
    h('span', { class: 'words' }, words, code !== undefined && h('code', {}, code)),
    pointer !== undefined && revealButton(pointer, reveal),
  );
}

function placeText({ leg, step }: LogLine['place']): string {
  if (leg === undefined) return '';
  return step === undefined ? leg : t('{0}, step {1}', leg, step);
}

function clock(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString();
}

import { t } from '../translate';
import { actionButton, type Act } from './actions';
import { h, type Child } from './element';
import { createPart, type Part } from './part';

export interface NoticesModel {
  tone: string;
  advice: string | undefined;
  /** The results answer an earlier text of the spec. */
  stale: boolean;
  mayRun: boolean;
  /** A question that could not be answered, while there is still something to show. */
  problem: string | undefined;
}

/** What the user should know before reading on: why, what to do, and whether the results are still about this spec. */
export function createNotices(act: Act): Part<NoticesModel> {
  return createPart<NoticesModel>(h('div', { class: 'notices' }), (model) => draw(model, act));
}

function draw({ tone, advice, stale, mayRun, problem }: NoticesModel, act: Act): Child[] {
  return [
    problem !== undefined && h('p', { class: 'notice bad' }, problem),
    advice !== undefined && h('p', { class: `notice ${tone}` }, advice),
    stale && staleNotice(mayRun, act),
  ];
}

function staleNotice(mayRun: boolean, act: Act): HTMLElement {
  const text = t('The spec has changed since this run: these results answer its earlier text.');
  return h(
    'div',
    { class: 'notice warn stale' },
    h('p', {}, text),
    mayRun && actionButton('run', false, act),
  );
}

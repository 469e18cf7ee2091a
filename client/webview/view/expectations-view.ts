import type { ExpectationResult } from '../../../server/src/protocol/generated';
import { number, percent } from '../model/format';
import { t } from '../translate';
import { h, type Child } from './element';
import { createPart, type Part } from './part';

export type Reveal = (pointer: string) => void;

/** The outcome of every expectation, with the way to its line. */
export function createExpectations(reveal: Reveal): Part<ExpectationResult[]> {
  const section = h('section', { class: 'expectations' });
  return createPart<ExpectationResult[]>(section, (results) => draw(results, reveal));
}

function draw(results: ExpectationResult[], reveal: Reveal): Child[] {
  if (results.length === 0) return [];
  const items = results.map((result) => item(result, reveal));
  return [h('h2', {}, t('Expectations')), h('ul', { class: 'outcomes' }, ...items)];
}

function item(result: ExpectationResult, reveal: Reveal): HTMLElement {
  const outcome = result.passed ? t('Holds') : t('Failed');
  return h(
    'li',
    { class: result.passed ? 'passed' : 'failed' },
    h('span', { class: 'mark' }, result.passed ? '✓' : '✗'),
    h('span', { class: 'outcome' }, outcome),
    h('span', { class: 'words' }, result.message ?? words(result)),
    revealButton(result.pointer, reveal),
  );
}

function words({ metric, on, at, value }: ExpectationResult): string {
  const share = ['accuracy', 'accuracy_within', 'sparsity'].includes(metric);
  const text = share ? percent(value) : number(value);
  const name = metric.replaceAll('_', ' ');
  return on === undefined
    ? t('{0} at {1}: {2}', name, at, text)
    : t('{0} on {1} at {2}: {3}', name, on, at, text);
}

/** A button that leads to a part of the spec. */
export function revealButton(pointer: string, reveal: Reveal): HTMLElement {
  const label = t('Show {0} in the spec', pointer);
  const attributes = { type: 'button', class: 'link', 'aria-label': label, title: label };
  const button = h('button', attributes, t('Show in spec'));
  button.addEventListener('click', () => reveal(pointer));
  return button;
}

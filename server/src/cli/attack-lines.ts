import type { MeasuredAttack } from '../protocol/generated';
import { attackedName, knowledgeOf } from '../protocol/attack-words';
import { count, percent } from './format';
import { renderTable, type Column } from './table';

const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});
const COLUMNS: readonly Column[] = [
  { title: ['attack', ''], align: 'left' },
  { title: ['', 'kind'], align: 'left' },
  { title: ['', 'knowing'], align: 'left' },
  right('', 'epsilon'),
  right('', 'images'),
  right('accuracy', 'as they are'),
  right('', 'attacked'),
];

/** Accuracies under attack as a table: a row for each network and attack. */
export function attackLines(attacks: readonly MeasuredAttack[], width: number): string[] {
  if (attacks.length === 0) return [];
  return renderTable(COLUMNS, attacks.map(cells), width);
}

function cells(attack: MeasuredAttack): string[] {
  const { kind, epsilon, on, samples, clean, accuracy } = attack;
  const images = `${count(samples)} of ${on}`;
  const shares = [percent(clean), percent(accuracy)];
  return [attackedName(attack), kind, knowledgeOf(attack), String(epsilon), images, ...shares];
}

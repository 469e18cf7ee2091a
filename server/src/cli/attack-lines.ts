import type { MeasuredAttack } from '../protocol/generated';
import { count, percent } from './format';
import { renderTable, type Column } from './table';

const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});
const COLUMNS: readonly Column[] = [
  { title: ['attack', ''], align: 'left' },
  { title: ['', 'kind'], align: 'left' },
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

function cells({ leg, kind, epsilon, on, samples, clean, accuracy }: MeasuredAttack): string[] {
  const images = `${count(samples)} of ${on}`;
  return [leg ?? 'start', kind, String(epsilon), images, percent(clean), percent(accuracy)];
}

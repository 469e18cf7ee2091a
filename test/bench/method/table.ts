import type { Row } from './figure';
import { deviation, mean } from './statistics';

/** Rows of all seeds as a Markdown table: mean and standard deviation by name, in the order in which names came up. */
export function tableOf(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const header = ['', ...columns, 'seeds'];
  const lines = names.map((name) => {
    const own = rows.filter((row) => row.name === name);
    return [name, ...columns.map((column) => cell(own, column)), String(own.length)];
  });
  return [header, header.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cell(rows: readonly Row[], column: string): string {
  const values = rows.map((row) => row.values[column]).filter((value) => typeof value === 'number');
  if (values.length === 0) return '';
  if (values.length === 1) return rounded(mean(values));
  return `${rounded(mean(values))} ± ${rounded(deviation(values))}`;
}

/** Two decimals, and three digits of what is small. */
function rounded(value: number): string {
  return Math.abs(value) >= 0.1 || value === 0 ? value.toFixed(2) : value.toPrecision(3);
}

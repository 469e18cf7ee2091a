import { runName } from '../../../server/src/protocol/run-name';
import type { Translate } from '../../../server/src/protocol/run-progress';
import type { ComparedRun } from './comparison';
import type { TextTable } from './continual-table';
import { NOTHING, number, points } from './format';
import { differing, isShare, metricLabel, metricsOf, valueWords } from './runs-table';

/** What differs between runs: parameters, then metrics with their change against the first run. */
export function comparisonTable(runs: readonly ComparedRun[], t: Translate): TextTable {
  const rows = runs.flatMap(({ row }) => row ?? []);
  const parameters = differing(rows).map((name) => [
    name,
    ...runs.map(({ row }) => String(row?.parameters[name] ?? NOTHING)),
  ]);
  const metrics = metricsOf(rows, true).map((name) => [
    metricLabel(name, t),
    ...runs.map(({ row }, index) => {
      const value = row?.metrics[name];
      const text = valueWords({ id: name, kind: 'metric', label: name }, value);
      return index === 0 ? text : `${text}${change(name, rows[0]?.metrics[name], value)}`;
    }),
  ]);
  return {
    caption: t('What differs; changes are against {0}', runs[0] ? runName(runs[0].summary) : ''),
    heads: ['', ...runs.map(({ summary }) => runName(summary))],
    rows: [...parameters, ...metrics],
  };
}

function change(
  metric: string,
  first: number | null | undefined,
  value: number | null | undefined,
): string {
  if (typeof first !== 'number' || typeof value !== 'number') return '';
  const difference = value - first;
  if (isShare(metric)) return ` (${points(difference)})`;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  return ` (${sign}${number(Math.abs(difference))})`;
}

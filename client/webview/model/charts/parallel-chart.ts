import { runName } from '../../../../server/src/protocol/run-name';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { ComparedRun } from '../comparison';
import { differing, isShare, metricLabel, metricsOf } from '../runs-table';
import type { ParallelAxis, ParallelModel } from './chart-model';

/** The parameters that differ and the metrics as upright axes, each run a line across them; undefined without any. */
export function parallelChart(
  runs: readonly ComparedRun[],
  t: Translate,
): ParallelModel | undefined {
  const rows = runs.flatMap(({ row }) => row ?? []);
  const parameters = differing(rows);
  const metrics = metricsOf(rows);
  if (rows.length < 2 || parameters.length + metrics.length < 2) return undefined;
  return {
    kind: 'parallel',
    id: 'compare-parallel',
    title: t('Parameters and metrics'),
    caption: t('A line for each run, from the parameters that differ to what was measured last.'),
    axes: [
      ...parameters.map((name) =>
        axisOf(
          name,
          rows.map((row) => row.parameters[name]),
        ),
      ),
      ...metrics.map((name): ParallelAxis => ({
        name: metricLabel(name, t),
        unit: isShare(name) ? 'percent' : 'number',
      })),
    ],
    series: runs.map(({ summary, row }, style) => ({
      name: runName(summary),
      style,
      values: [
        ...parameters.map((name) => plain(row?.parameters[name])),
        ...metrics.map((name) => row?.metrics[name] ?? null),
      ],
    })),
  };
}

type Value = string | number | boolean | undefined;

/** Numbers have a scale; anything else has a place for each value. */
function axisOf(name: string, values: readonly Value[]): ParallelAxis {
  const given = values.filter((value) => value !== undefined);
  if (given.every((value) => typeof value === 'number')) return { name, unit: 'number' };
  return { name, unit: 'number', categories: [...new Set(given.map(String))] };
}

function plain(value: Value): string | number | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? value : String(value);
}

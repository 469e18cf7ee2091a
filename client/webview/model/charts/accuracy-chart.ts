import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { LegView, RunView } from '../../../../server/src/protocol/run-view';
import { dataSetsOf } from '../summary-table';
import { baselineLevels, type Levelled } from './baseline-levels';
import type { ChartModel, Reference } from './chart-model';
import { alongPath, pathAxis } from './path-axis';

/** Accuracy on every data set, beside its level at the start, after a projection without a path and of baselines. */
export function accuracyChart(view: RunView, t: Translate): ChartModel {
  const dataSets = dataSetsOf([
    ...(view.start ? [view.start] : []),
    ...view.legs.flatMap(({ checkpoints }) => checkpoints.map(({ metrics }) => metrics)),
  ]);
  return {
    kind: 'path',
    id: 'accuracy',
    title: t('Accuracy'),
    caption: t('Share of right answers on the test split.'),
    unit: 'percent',
    legs: pathAxis(view),
    series: dataSets.map((name, style) => ({
      name,
      style,
      points: alongPath(view, ({ accuracy }) => accuracy[name]),
    })),
    references: [
      ...startLevels(view, dataSets, t),
      ...projectedLevels(view, dataSets, t),
      ...baselineLevels(view, dataSets.map(levelled), t),
    ],
    mayBeLog: false,
    small: false,
  };
}

function levelled(name: string, style: number): Levelled {
  return { name, style, value: ({ accuracy }) => accuracy[name] };
}

/** The start level matters for what is kept; a task that is still to be learnt starts near zero anyway. */
function startLevels(view: RunView, dataSets: readonly string[], t: Translate): Reference[] {
  const to = pathAxis(view).at(-1)?.to ?? 0;
  const kept = keptDataSets(view);
  return dataSets.flatMap((data, style): Reference[] => {
    const value = view.start?.accuracy[data];
    if (typeof value !== 'number' || !(kept.size === 0 || kept.has(data))) return [];
    return [{ name: t('{0} at the start', data), from: 0, to, value, style, kind: 'start' }];
  });
}

function projectedLevels(view: RunView, dataSets: readonly string[], t: Translate): Reference[] {
  const axis = pathAxis(view);
  return view.legs.flatMap((leg, index) => {
    const place = axis[index];
    return place ? legLevels(leg, place, dataSets, t) : [];
  });
}

function legLevels(
  { projected }: LegView,
  { from, to }: { from: number; to: number },
  dataSets: readonly string[],
  t: Translate,
): Reference[] {
  return dataSets.flatMap((data, style): Reference[] => {
    const value = projected?.accuracy[data];
    if (typeof value !== 'number') return [];
    const name = t('{0}, projected without a path', data);
    return [{ name, from, to, value, style, kind: 'projected' }];
  });
}

/** Output distances are measured on the data sets that some leg keeps. */
function keptDataSets(view: RunView): Set<string> {
  const distances = view.legs.flatMap(({ checkpoints }) =>
    checkpoints.flatMap(({ metrics }) => Object.keys(metrics.output_distance ?? {})),
  );
  return new Set(distances.filter((name) => name !== 'memory' && name !== 'held_out'));
}

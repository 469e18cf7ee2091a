import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import { baselineLevels, type Levelled } from './baseline-levels';
import type { ChartModel } from './chart-model';
import { alongPath, pathAxis } from './path-axis';

/** How far the kept outputs have moved since their leg began, on the memory and on held-out data. */
export function distanceChart(view: RunView, t: Translate): ChartModel {
  const names: [string, string][] = [
    ['held_out', t('held out')],
    ['memory', t('memory')],
  ];
  return {
    kind: 'path',
    id: 'distance',
    title: t('Output distance'),
    caption: t('Mean squared change of the kept outputs since the leg began.'),
    unit: 'number',
    legs: pathAxis(view),
    series: names.map(([key, name], style) => ({
      name,
      style,
      points: alongPath(view, ({ output_distance }) => output_distance?.[key]),
    })),
    references: baselineLevels(view, [heldOut(t)], t),
    mayBeLog: true,
    small: false,
  };
}

/** Baselines are judged on held-out data alone: one that trains on the memory would shine there. */
function heldOut(t: Translate): Levelled {
  return {
    name: t('held out'),
    style: 0,
    value: ({ output_distance }) => output_distance?.['held_out'],
  };
}

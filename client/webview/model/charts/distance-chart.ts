import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import type { ChartModel } from './chart-model';
import { alongPath, pathAxis } from './path-axis';

/** How far the kept outputs have moved since their leg began, on the memory and on held-out data. */
export function distanceChart(view: RunView, t: Translate): ChartModel {
  const names: [string, string][] = [
    ['held_out', t('held out')],
    ['memory', t('memory')],
  ];
  return {
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
    references: [],
    mayBeLog: true,
    small: false,
  };
}

import type { Metrics } from '../../../../server/src/protocol/generated';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import type { Reference } from './chart-model';
import { pathAxis } from './path-axis';

/** A curve that baselines have a level of. */
export interface Levelled {
  name: string;
  style: number;
  value: (metrics: Metrics) => number | null | undefined;
}

/** Where the baselines ended, each along the leg that it stands beside. */
export function baselineLevels(
  view: RunView,
  curves: readonly Levelled[],
  t: Translate,
): Reference[] {
  const axis = pathAxis(view);
  const names = [...new Set(view.baselines.map(({ baseline }) => baseline))];
  return view.baselines.flatMap(({ baseline, leg, report }) => {
    const place = axis.find(({ name }) => name === leg);
    if (!place || !report) return [];
    const { from, to } = place;
    return curves.flatMap(({ name, style, value: of }): Reference[] => {
      const value = of(report.end);
      if (typeof value !== 'number') return [];
      const variant = names.indexOf(baseline);
      return [
        { name: t('{0}, {1}', name, baseline), from, to, value, style, kind: 'baseline', variant },
      ];
    });
  });
}

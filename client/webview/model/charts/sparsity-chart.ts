import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import type { ChartModel, Reference } from './chart-model';
import { alongPath, pathAxis } from './path-axis';

/** The share of zero weights; undefined where no leg makes any. */
export function sparsityChart(view: RunView, t: Translate): ChartModel | undefined {
  const points = alongPath(view, ({ sparsity }) => sparsity);
  const sparsifies = view.legs.some(({ objective }) => objective === 'sparsify');
  if (!sparsifies && !points.some(([, y]) => (y ?? 0) > 0)) return undefined;
  return {
    kind: 'path',
    id: 'sparsity',
    title: t('Sparsity'),
    caption: t('Share of the weights that are exactly zero.'),
    unit: 'percent',
    legs: pathAxis(view),
    series: [{ name: t('sparsity'), style: 0, points }],
    references: targets(view, t),
    mayBeLog: false,
    small: false,
  };
}

/** The projection has the sparsity that its leg aims at. */
function targets(view: RunView, t: Translate): Reference[] {
  const axis = pathAxis(view);
  return view.legs.flatMap(({ projected }, index): Reference[] => {
    const place = axis[index];
    const value = projected?.sparsity;
    if (!place || typeof value !== 'number') return [];
    const { from, to } = place;
    return [{ name: t('target'), from, to, value, style: 0, kind: 'projected' }];
  });
}

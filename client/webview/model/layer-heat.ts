import type { NumbersByName } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import type { RunView } from '../../../server/src/protocol/run-view';
import { share, type HeatTable } from './heat-table';

/** The share of zeros in each layer of the networks that were measured; none where no weight is zero. */
export function layerHeat(view: RunView, t: Translate): HeatTable[] {
  const networks = sparseNetworks(view, t);
  const layers = [...new Set(networks.flatMap(([, shares]) => Object.keys(shares)))];
  if (layers.length === 0) return [];
  return [
    {
      id: 'layers',
      title: t('Sparsity of the layers'),
      caption: t('Share of the weights of each layer that are exactly zero.'),
      heads: [t('Layer'), ...networks.map(([name]) => name)],
      rows: layers.map((layer) => ({
        label: layer,
        cells: networks.map(([, shares]) => share(shares[layer])),
      })),
    },
  ];
}

/** The networks at the ends of legs and baselines, with the start where it is sparse. */
function sparseNetworks(view: RunView, t: Translate): [string, NumbersByName][] {
  const ends = view.legs.flatMap(({ leg, projected, report, checkpoints }) => [
    [t('{0}, projected without a path', leg), projected] as const,
    [leg, report?.end ?? checkpoints.at(-1)?.metrics] as const,
  ]);
  const beside = view.baselines.map(
    ({ leg, baseline, report }) => [t('{0}, baseline {1}', leg, baseline), report?.end] as const,
  );
  return [[t('Start'), view.start] as const, ...ends, ...beside].flatMap(
    ([name, metrics]): [string, NumbersByName][] =>
      metrics?.sparsity_by_layer ? [[name, metrics.sparsity_by_layer]] : [],
  );
}

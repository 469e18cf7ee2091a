import type { PathPca, PcaPoint } from '../../../../server/src/protocol/generated';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import { percent } from '../format';
import type { Axis, PlaneModel, PlanePoint, PlaneSeries } from './chart-model';

/** Where the networks lie in weight space, in the plane in which they differ most; undefined where it was not taken. */
export function pcaChart({ pca }: RunView, t: Translate): PlaneModel | undefined {
  if (!pca || pca.points.length === 0) return undefined;
  return {
    kind: 'plane',
    id: 'pca',
    title: t('Weight space'),
    caption: t(
      'The networks along the two directions in which they differ most, with their shares of the variance.',
    ),
    x: component(pca, 0, t),
    y: component(pca, 1, t),
    series: [...legSeries(pca.points, t), ...baselineSeries(pca.points, t)].map((one, style) => ({
      ...one,
      style,
    })),
  };
}

function component({ explained }: PathPca, index: number, t: Translate): Axis {
  const share = percent(explained[index]);
  return { name: t('component {0} ({1})', index + 1, share), unit: 'number' };
}

type Unstyled = Omit<PlaneSeries, 'style'>;

/** A leg's line begins at the last network before it. */
function legSeries(points: readonly PcaPoint[], t: Translate): Unstyled[] {
  const path = points.filter(({ baseline }) => baseline === undefined);
  const legs = [...new Set(path.flatMap(({ leg }) => leg ?? []))];
  if (legs.length === 0)
    return [{ name: t('start'), joined: false, points: path.map((point) => planePoint(point, t)) }];
  return legs.map((leg) => {
    const first = path.findIndex((point) => point.leg === leg);
    const own = path.filter((point) => point.leg === leg);
    const before = path.slice(Math.max(0, first - 1), first);
    return {
      name: leg,
      joined: true,
      points: [...before, ...own].map((point) => planePoint(point, t)),
    };
  });
}

function baselineSeries(points: readonly PcaPoint[], t: Translate): Unstyled[] {
  const ends = points.filter(({ baseline }) => baseline !== undefined);
  return ends.map((point) => {
    const { leg = '', baseline = '' } = point;
    const name = t('{0}, baseline {1}', leg, baseline);
    return { name, joined: false, points: [{ ...planePoint(point, t), label: name }] };
  });
}

function planePoint({ leg, baseline, step, x, y }: PcaPoint, t: Translate): PlanePoint {
  const label = leg === undefined ? t('start') : t('{0}, step {1}', leg, step);
  const place = leg !== undefined && baseline === undefined && { place: { leg, step } };
  return { x, y, label, ...(place || {}) };
}

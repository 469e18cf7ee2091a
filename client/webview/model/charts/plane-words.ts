import type { Translate } from '../../../../server/src/protocol/run-progress';
import { count, number, percent, type Maybe } from '../format';
import type { Axis, PlaneModel, PlanePoint, PlaneSeries } from './chart-model';

/** A value of an axis as text. */
export function axisValue({ unit }: Pick<Axis, 'unit'>, value: Maybe): string {
  if (unit === 'percent') return percent(value);
  return unit === 'count' && typeof value === 'number' ? count(value) : number(value);
}

/** The plane in sentences, for those who do not see it. */
export function planeWords(plane: PlaneModel, t: Translate): string {
  const axes = t('To the right: {0}. Upwards: {1}.', plane.x.name, plane.y.name);
  const series = plane.series.map((one) => seriesWords(plane, one, t));
  return [`${plane.title}. ${plane.caption}`, axes, ...series].join(' ');
}

function seriesWords(plane: PlaneModel, { name, points }: PlaneSeries, t: Translate): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return t('{0}: not measured yet.', name);
  if (first === last) return t('{0}: {1}.', name, coordinates(plane, first));
  return t('{0}: from {1} to {2}.', name, coordinates(plane, first), coordinates(plane, last));
}

function coordinates({ x, y }: PlaneModel, point: PlanePoint): string {
  return `(${axisValue(x, point.x)}; ${axisValue(y, point.y)})`;
}

import type { AnyChart, ChartModel, Place } from '../model/charts/chart-model';
import { placeAt } from '../model/charts/chart-place';
import type { initChart } from './echarts';

type Chart = ReturnType<typeof initChart>;

/** Calls `pick` with the checkpoint that a click means; `model` gives what the picture shows then. */
export function pickByClick(
  chart: Chart,
  model: () => AnyChart | undefined,
  pick: (place: Place) => void,
): void {
  chart.on('click', ({ data }) => {
    const shown = model();
    const place = shown?.kind === 'plane' ? pointPlace(shown, data) : undefined;
    if (place) pick(place);
  });
  // A curve is thin: along the path, a click anywhere in the plot means what is nearest to it.
  chart.getZr().on('click', ({ offsetX, offsetY }) => {
    const shown = model();
    const pixel = [offsetX, offsetY];
    if (shown?.kind !== 'path' || !chart.containPixel('grid', pixel)) return;
    const [x] = chart.convertFromPixel('grid', pixel);
    const place = x === undefined ? undefined : nearestPlace(shown, x);
    if (place) pick(place);
  });
}

/** The place that is nearest to a value of the axis. */
export function nearestPlace(chart: ChartModel, x: number): Place | undefined {
  const best = chart.series
    .flatMap(({ points }) => points)
    .reduce<number | undefined>(
      (near, [at]) => (near !== undefined && Math.abs(near - x) <= Math.abs(at - x) ? near : at),
      undefined,
    );
  return best === undefined ? undefined : placeAt(chart, best, false);
}

function pointPlace(
  { series }: Extract<AnyChart, { kind: 'plane' }>,
  data: unknown,
): Place | undefined {
  if (typeof data !== 'object' || data === null || !('series' in data) || !('point' in data))
    return undefined;
  return series[Number(data.series)]?.points[Number(data.point)]?.place;
}

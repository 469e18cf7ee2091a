import type { EChartsCoreOption } from 'echarts/core';
import type { Axis, PlaneModel, PlanePoint, PlaneSeries } from '../model/charts/chart-model';
import { thinned } from '../model/charts/decimate';
import { axisValue } from '../model/charts/plane-words';
import { h } from './element';
import { seriesStyle } from './series-style';
import type { Look } from './chart-option';

/** Long falling curves, such as spectra, have no symbols. */
const MOST_SYMBOLS = 24;

/** Of a path in a plane; more would be a blot. */
const MOST_MARKS = 120;
const MOST_POINTS = 400;

/** What a point is, for the chart library: its coordinates, and which one of which curve it is. */
interface Datum {
  value: [number | null, number | null];
  series: number;
  point: number;
}

/** The plane in the words of the chart library. */
export function planeOption(plane: PlaneModel, look: Look): EChartsCoreOption {
  const { theme } = look;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, color: theme.foreground },
    grid: { left: 8, right: 14, top: 28, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { ...axis(plane.x, look), nameLocation: 'middle', nameGap: 24 },
    // The name of the upright axis stands above it, from its left edge on.
    yAxis: {
      ...axis(plane.y, look),
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { color: theme.muted, fontSize: 11, align: 'left' },
    },
    tooltip: tooltip(plane, look),
    dataZoom: [
      { type: 'inside', xAxisIndex: 0, ...ZOOM },
      { type: 'inside', yAxisIndex: 0, ...ZOOM },
    ],
    series: plane.series.flatMap((series, index) =>
      look.hidden.has(series.name) ? [] : [drawnSeries(plane, series, index, look)],
    ),
  };
}

const ZOOM = { zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, filterMode: 'none' };

function axis(of: Axis, { theme }: Look) {
  const text = { color: theme.muted, fontSize: 11 };
  return {
    type: of.log ? 'log' : 'value',
    scale: true,
    name: of.name,
    nameTextStyle: text,
    ...(of.unit === 'count' && { minInterval: 1 }),
    splitNumber: 4,
    axisLine: { onZero: false, lineStyle: { color: theme.grid } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: {
      ...text,
      hideOverlap: true,
      formatter: (value: number) => axisValue(of, value).replace('.0\u202f', '\u202f'),
    },
  };
}

function drawnSeries(plane: PlaneModel, series: PlaneSeries, index: number, { theme }: Look) {
  const { color, dash, symbol } = seriesStyle(series.style, theme);
  const all = series.points.map((point, place) => [point, place] as const);
  const points = thinned(all, MOST_POINTS);
  return {
    type: 'line',
    name: series.name,
    data: points.map(([point, place]): Datum => ({
      value: drawn(plane, point),
      series: index,
      point: place,
    })),
    symbol,
    symbolSize: series.joined ? 6 : 10,
    showSymbol: points.length <= (plane.y.log ? MOST_SYMBOLS : MOST_MARKS),
    showAllSymbol: true,
    lineStyle: { color, width: series.joined ? 2 : 0, type: dash },
    itemStyle: { color },
    emphasis: { scale: 1.6 },
  };
}

/** A logarithmic axis has no place for zero and below. */
function drawn({ y: { log } }: PlaneModel, { x, y }: PlanePoint): [number | null, number | null] {
  return [x, y !== null && log && y <= 0 ? null : y];
}

function tooltip(plane: PlaneModel, { theme }: Look) {
  return {
    trigger: 'item',
    confine: true,
    className: 'chart-tooltip',
    backgroundColor: 'transparent',
    borderWidth: 0,
    padding: 0,
    transitionDuration: 0,
    axisPointer: { type: 'cross', lineStyle: { color: theme.muted } },
    formatter: ({ data }: { data: Datum }) => pointWords(plane, data),
  };
}

function pointWords({ series, x, y }: PlaneModel, datum: Datum): HTMLElement {
  const of = series[datum.series];
  const point = of?.points[datum.point];
  const line = (name: string, value: string) => h('tr', {}, h('th', {}, name), h('td', {}, value));
  return h(
    'div',
    {},
    h('strong', {}, point?.label ?? ''),
    h(
      'table',
      {},
      ...(of && of.name !== point?.label ? [h('tr', {}, h('th', {}, of.name))] : []),
      line(x.name, axisValue(x, point?.x)),
      line(y.name, axisValue(y, point?.y)),
    ),
  );
}

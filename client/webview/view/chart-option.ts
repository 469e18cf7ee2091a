import type { EChartsCoreOption } from 'echarts/core';
import type { ChartModel, Reference, Series } from '../model/charts/chart-model';
import { shareAxis } from '../model/charts/share-axis';
import { decimate } from '../model/charts/decimate';
import { valueText } from '../model/charts/chart-words';
import type { Window } from './chart-zoom';
import { referenceDash, seriesStyle } from './series-style';
import type { Theme } from './theme';

/** Above so many points a curve has no symbols. */
const MOST_SYMBOLS = 80;

export interface Look {
  theme: Theme;
  log: boolean;
  hidden: ReadonlySet<string>;
  /** The part of the axis that is shown. */
  window: Window;
  /** The tooltip at a place of the axis. */
  tooltip: (x: number, y: number | null) => HTMLElement;
}

/** Curves along the path in the words of the chart library. */
export function pathOption(chart: ChartModel, look: Look): EChartsCoreOption {
  const { theme } = look;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, color: theme.foreground },
    // Room for the names of the legs above the plot.
    grid: {
      left: 8,
      right: 14,
      top: chart.legs.length > 1 && !chart.small ? 26 : 12,
      bottom: 4,
      outerBoundsMode: 'same',
    },
    xAxis: xAxis(chart, theme),
    yAxis: yAxis(chart, look),
    tooltip: tooltip(look),
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
    series: [
      ...chart.references.filter(isShown(look)).map((level) => referenceSeries(level, theme)),
      ...chart.series.filter(isShown(look)).map((series) => lineSeries(series, chart, look)),
      legBoundaries(chart, theme),
    ],
  };
}

function isShown({ hidden }: Look): (item: { name: string }) => boolean {
  return ({ name }) => !hidden.has(name);
}

function xAxis({ legs }: ChartModel, theme: Theme) {
  return {
    type: 'value',
    min: 0,
    max: legs.at(-1)?.to ?? 1,
    minInterval: 1,
    axisLine: { lineStyle: { color: theme.grid } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
  };
}

function yAxis(chart: ChartModel, { theme, log }: Look) {
  const isLog = chart.mayBeLog && log;
  return {
    type: isLog ? 'log' : 'value',
    ...(chart.unit === 'percent' && shareAxis(valuesOf(chart), chart.id !== 'accuracy')),
    ...(!isLog && chart.unit === 'number' && { min: 0 }),
    splitNumber: chart.small ? 3 : 4,
    axisLine: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: {
      color: theme.muted,
      fontSize: 11,
      formatter: (value: number) => axisText(chart, value),
    },
  };
}

function valuesOf({ series, references }: ChartModel): number[] {
  const measured = series.flatMap(({ points }) => points.map(([, y]) => y));
  return [...measured, ...references.map(({ value }) => value)].filter((value) => value !== null);
}

function axisText(chart: ChartModel, value: number): string {
  return valueText(chart, value).replace('.0\u202f', '\u202f');
}

function tooltip({ theme, tooltip: draw }: Look) {
  return {
    trigger: 'axis',
    confine: true,
    className: 'chart-tooltip',
    backgroundColor: 'transparent',
    borderWidth: 0,
    padding: 0,
    transitionDuration: 0,
    axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' } },
    formatter: (hits: { value: [number, number | null] }[]) => {
      const [x, y] = hits[0]?.value ?? [0, null];
      return draw(x, y);
    },
  };
}

function lineSeries(series: Series, { small, legs }: ChartModel, { theme, log, window }: Look) {
  const { name, style } = series;
  const length = (legs.at(-1)?.to ?? 0) / 100;
  const points = decimate(series.points, window.start * length, window.end * length);
  const { color, dash, symbol } = seriesStyle(style, theme);
  return {
    type: 'line',
    name,
    data: log ? points.map(([x, y]) => [x, y !== null && y > 0 ? y : null]) : points,
    symbol,
    symbolSize: 6,
    // A single point is no line: without its symbol it could not be seen.
    showSymbol: points.length === 1 || (!small && points.length <= MOST_SYMBOLS),
    lineStyle: { color, width: 2, type: dash },
    itemStyle: { color },
    emphasis: { disabled: true },
  };
}

function referenceSeries(level: Reference, theme: Theme) {
  const { name, from, to, value, style } = level;
  const { color } = seriesStyle(style, theme);
  return {
    type: 'line',
    name,
    data: [
      [from, value],
      [to, value],
    ],
    symbol: 'none',
    lineStyle: { color, width: 1.5, type: referenceDash(level), opacity: 0.9 },
    tooltip: { show: false },
    emphasis: { disabled: true },
  };
}

/** Upright lines where one leg ends and the next begins, with the names of the legs. */
function legBoundaries({ legs, small }: ChartModel, theme: Theme) {
  const data = legs.length < 2 ? [] : legs.map(({ name, from }) => ({ xAxis: from, name }));
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: theme.muted, type: [3, 3], width: 1 },
      label: {
        show: !small,
        formatter: '{b}',
        position: 'end',
        distance: 4,
        align: 'left',
        padding: [0, 0, 3, 3],
        color: theme.muted,
        fontSize: 11,
      },
      data,
    },
  };
}

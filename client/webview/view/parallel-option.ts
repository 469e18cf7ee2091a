import type { EChartsCoreOption } from 'echarts/core';
import type { ParallelAxis, ParallelModel } from '../model/charts/chart-model';
import { axisText } from '../model/charts/chart-sheet';
import type { Look } from './chart-option';
import { h } from './element';
import { seriesStyle } from './series-style';

/** Longer names are cut in the picture; the table has them whole. */
const LONGEST_NAME = 18;

/** Lines across upright axes in the words of the chart library. */
export function parallelOption(model: ParallelModel, look: Look): EChartsCoreOption {
  const { theme } = look;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, color: theme.foreground },
    parallel: { left: 56, right: 56, top: 44, bottom: 16, axisExpandable: false },
    parallelAxis: model.axes.map((axis, dim) => ({ dim, ...upright(model, axis, dim, look) })),
    tooltip: {
      trigger: 'item',
      confine: true,
      className: 'chart-tooltip',
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      transitionDuration: 0,
      formatter: ({ seriesName }: { seriesName: string }) => lineWords(model, seriesName),
    },
    series: model.series
      .filter(({ name }) => !look.hidden.has(name))
      .map(({ name, values, style }) => {
        const { color, dash } = seriesStyle(style, theme);
        return {
          type: 'parallel',
          name,
          lineStyle: { color, width: 2, type: dash, opacity: 0.9 },
          emphasis: { lineStyle: { width: 4 } },
          // The library leaves out what is `-`.
          data: [values.map((value) => value ?? '-')],
        };
      }),
  };
}

function upright(model: ParallelModel, axis: ParallelAxis, index: number, { theme }: Look) {
  const text = { color: theme.muted, fontSize: 11 };
  const { name, categories } = axis;
  const short = shortName(name);
  return {
    name: short,
    // Neighbouring names stand at two heights, so that they do not touch.
    nameGap: index % 2 === 0 ? 10 : 24,
    nameTextStyle: text,
    ...(categories
      ? { type: 'category', data: categories }
      : { type: 'value', ...rangeOf(model, index) }),
    splitNumber: 3,
    axisLine: { lineStyle: { color: theme.muted } },
    axisTick: { show: false },
    minorTick: { show: false },
    axisLabel: {
      ...text,
      formatter: (value: string | number) =>
        typeof value === 'number' ? axisText(axis, value).replace('.0\u202f', '\u202f') : value,
    },
  };
}

/** Of a parameter's path the end tells most: `path.0.keep.memory` is `keep.memory`. */
function shortName(name: string): string {
  const path = name.split('.');
  const end = path.length > 2 && !name.includes(' ') ? path.slice(-2).join('.') : name;
  return end.length > LONGEST_NAME ? `${end.slice(0, LONGEST_NAME - 1)}…` : end;
}

/** From the least value to the largest; around it where all runs have one. */
function rangeOf({ axes, series }: ParallelModel, index: number) {
  const given = series.map(({ values }) => values[index]);
  const values = given.filter((value) => typeof value === 'number');
  if (values.length === 0) return {};
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low < high) return { min: low, max: high };
  const room = Math.abs(low) * 0.1 || 1;
  const top = axes[index]?.unit === 'percent' ? Math.min(1, low + room) : low + room;
  return { min: low - room, max: Math.max(top, low) };
}

function lineWords({ axes, series }: ParallelModel, name: string): HTMLElement {
  const values = series.find((one) => one.name === name)?.values ?? [];
  const lines = axes.map((axis, index) =>
    h('tr', {}, h('th', {}, axis.name), h('td', {}, axisText(axis, values[index]))),
  );
  return h('div', {}, h('strong', {}, name), h('table', {}, ...lines));
}

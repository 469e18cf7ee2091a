import type { AnyChart, Reference, Series } from '../model/charts/chart-model';
import { h, svg } from './element';
import { createPart, type Part } from './part';
import { referenceDash, seriesStyle } from './series-style';
import { readTheme } from './theme';

export interface LegendModel {
  series: Pick<Series, 'name' | 'style'>[];
  references: Pick<Reference, 'name' | 'style' | 'kind' | 'variant'>[];
  hidden: string[];
  /** Changes with the theme, so that the samples are drawn anew. */
  colors: string[];
}

/** What the legend shows of a chart. A chart of one curve needs none. */
export function legendModel(chart: AnyChart, hidden: ReadonlySet<string>): LegendModel {
  const references = chart.kind === 'path' ? chart.references : [];
  const alone = chart.series.length + references.length < 2;
  return {
    series: alone ? [] : chart.series.map(({ name, style }) => ({ name, style })),
    references: uniqueNames(references),
    hidden: [...hidden],
    colors: readTheme().series,
  };
}

/** A legend of buttons, each showing or hiding a curve. */
export function createLegend(toggle: (name: string) => void): Part<LegendModel> {
  return createPart<LegendModel>(h('div', { class: 'legend' }), (model) => [
    ...model.series.map(({ name, style }) => entry(name, sample(style), model, toggle)),
    ...model.references.map((level) => entry(level.name, referenceSample(level), model, toggle)),
  ]);
}

function uniqueNames(references: Reference[]): LegendModel['references'] {
  const names = new Map(
    references.map(({ name, style, kind, variant = 0 }) => [name, { name, style, kind, variant }]),
  );
  return [...names.values()];
}

function entry(
  name: string,
  picture: SVGElement,
  { hidden }: LegendModel,
  toggle: (name: string) => void,
): HTMLElement {
  const pressed = String(!hidden.includes(name));
  const button = h('button', { type: 'button', 'aria-pressed': pressed }, picture, name);
  button.addEventListener('click', () => toggle(name));
  return button;
}

const FRAME = { width: 28, height: 10, viewBox: '0 0 28 10', 'aria-hidden': 'true' };

function sample(style: number): SVGElement {
  const { color, dash, symbol } = seriesStyle(style, readTheme());
  const dashes = dash === 'solid' ? 'none' : dash.join(' ');
  return svg('svg', FRAME, sampleLine(color, 2, dashes), symbolShape(symbol, color));
}

function referenceSample(level: LegendModel['references'][number]): SVGElement {
  const { color } = seriesStyle(level.style, readTheme());
  return svg('svg', FRAME, sampleLine(color, 1.5, referenceDash(level).join(' ')));
}

function sampleLine(color: string, width: number, dashes: string): SVGElement {
  const ends = { x1: 0, y1: 5, x2: 28, y2: 5 };
  return svg('line', { ...ends, stroke: color, 'stroke-width': width, 'stroke-dasharray': dashes });
}

function symbolShape(symbol: string, fill: string): SVGElement {
  switch (symbol) {
    case 'rect':
      return svg('rect', { x: 11, y: 2, width: 6, height: 6, fill });
    case 'triangle':
      return svg('path', { d: 'M14 1.5 L17.5 8 L10.5 8 Z', fill });
    case 'diamond':
      return svg('path', { d: 'M14 1 L17.5 5 L14 9 L10.5 5 Z', fill });
    default:
      return svg('circle', { cx: 14, cy: 5, r: 3, fill });
  }
}

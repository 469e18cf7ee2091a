import type { AnyChart } from '../model/charts/chart-model';
import { ChartView, type ChartActs } from './chart-view';
import { h } from './element';
import { onThemeChange } from './theme';

export interface ChartsView {
  element: HTMLElement;
  update(charts: readonly AnyChart[], logDistance: boolean): void;
}

/** The charts along the path. A chart keeps its place, zoom and hidden curves as long as it is there. */
export function createCharts(acts: ChartActs, title: string): ChartsView {
  const views = new Map<string, ChartView>();
  const grid = h('div', { class: 'charts' });
  const element = h('section', { hidden: true }, h('h2', {}, title), grid);
  onThemeChange(() => views.forEach((view) => view.redraw()));
  return {
    element,
    update(charts, logDistance) {
      element.hidden = charts.length === 0;
      dropMissing(views, charts);
      for (const chart of charts) viewOf(views, chart, grid, acts).update(chart, logDistance);
    },
  };
}

function dropMissing(views: Map<string, ChartView>, charts: readonly AnyChart[]): void {
  for (const [id, view] of views) {
    if (charts.some((chart) => chart.id === id)) continue;
    view.dispose();
    views.delete(id);
  }
}

function viewOf(
  views: Map<string, ChartView>,
  { id }: AnyChart,
  grid: HTMLElement,
  acts: ChartActs,
): ChartView {
  const known = views.get(id);
  if (known) return known;
  const view = new ChartView(acts);
  view.element.dataset['chart'] = id;
  views.set(id, view);
  grid.append(view.element);
  return view;
}

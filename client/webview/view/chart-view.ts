import type { AnyChart } from '../model/charts/chart-model';
import { chartWords } from '../model/charts/chart-sheet';
import { t } from '../translate';
import { chartOption } from './any-option';
import { createLegend, legendModel } from './chart-legend';
import { createChartTable } from './chart-table';
import { chartTooltip } from './chart-tooltip';
import { initChart } from './echarts';
import { h } from './element';
import { readTheme } from './theme';

/** One chart with its title, legend, options, picture and table. */
export class ChartView {
  readonly element: HTMLElement;
  readonly #picture = h('div', { class: 'picture', role: 'img' });
  readonly #title = h('h3', {});
  readonly #caption = h('p', { class: 'caption' });
  readonly #hidden = new Set<string>();
  readonly #legend = createLegend((name) => this.#toggle(name));
  readonly #table = createChartTable();
  readonly #scale: HTMLElement;
  readonly #log: HTMLInputElement;
  readonly #resizes: ResizeObserver;
  #chart: ReturnType<typeof initChart> | undefined;
  #model: AnyChart | undefined;
  #drawn = '';

  constructor(setLog: (on: boolean) => void) {
    this.#log = h('input', { type: 'checkbox' });
    this.#log.addEventListener('change', () => setLog(this.#log.checked));
    this.#scale = h('label', { class: 'scale' }, this.#log, t('Logarithmic'));
    const head = h('div', { class: 'chart-head' }, this.#title, this.#scale);
    const frame = h('div', { class: 'picture-frame' }, this.#picture);
    const below = [this.#legend.element, frame, this.#table.element];
    this.element = h('article', { class: 'chart' }, head, this.#caption, ...below);
    this.#resizes = new ResizeObserver(() => this.#chart?.resize());
    this.#resizes.observe(this.#picture);
  }

  /** Draws the chart where it or its scale has changed. */
  update(model: AnyChart, log: boolean): void {
    const now = JSON.stringify([model, log]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    if (!this.#model) for (const name of hiddenAtFirst(model)) this.#hidden.add(name);
    this.#model = model;
    this.#log.checked = log;
    this.#draw();
    this.#table.update(model);
  }

  /** Draws everything again, as for other colours. */
  redraw(): void {
    this.#draw();
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#chart?.dispose();
    this.element.remove();
  }

  #draw(): void {
    const model = this.#model;
    if (!model) return;
    this.element.classList.toggle('small', model.kind === 'path' && model.small);
    this.element.classList.toggle('plane', model.kind === 'plane');
    this.element.classList.toggle('parallel', model.kind === 'parallel');
    // Many axes want more room than a narrow panel has; the picture scrolls then.
    const axes = model.kind === 'parallel' ? model.axes.length : 0;
    this.#picture.style.setProperty('--axes', String(axes));
    this.#title.textContent = model.title;
    this.#caption.textContent = model.caption;
    this.#scale.hidden = !mayBeLog(model);
    this.#picture.setAttribute('aria-label', chartWords(model, t));
    this.#legend.update(legendModel(model, this.#hidden));
    this.#drawPicture(model);
  }

  #drawPicture(model: AnyChart): void {
    // A chart can be made only once its place on the page has a size.
    this.#chart ??= this.#picture.isConnected ? initChart(this.#picture) : undefined;
    const option = chartOption(model, {
      theme: readTheme(),
      log: mayBeLog(model) && this.#log.checked,
      hidden: this.#hidden,
      tooltip: (x, y) => (model.kind === 'path' ? chartTooltip(model, x, y) : h('div')),
    });
    this.#chart?.setOption(option, { replaceMerge: ['series'] });
  }

  #toggle(name: string): void {
    if (!this.#hidden.delete(name)) this.#hidden.add(name);
    this.#draw();
  }
}

function mayBeLog(chart: AnyChart): boolean {
  return chart.kind === 'path' && chart.mayBeLog;
}

function hiddenAtFirst(chart: AnyChart): string[] {
  if (chart.kind !== 'plane') return [];
  return chart.series.filter(({ hidden }) => hidden).map(({ name }) => name);
}

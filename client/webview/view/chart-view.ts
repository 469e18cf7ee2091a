import type { AnyChart } from '../model/charts/chart-model';
import { chartWords } from '../model/charts/chart-sheet';
import { fingerprint } from '../model/charts/fingerprint';
import { chartData } from '../model/charts/data-table';
import { t } from '../translate';
import { chartOption } from './any-option';
import { createLegend, legendModel } from './chart-legend';
import type { Look } from './chart-option';
import { chartPicture } from './chart-picture';
import { createChartTable, type ChartTable, type Pick } from './chart-table';
import { chartTooltip } from './chart-tooltip';
import { resetZoom, WHOLE, windowOf, zoomByKeyboard } from './chart-zoom';
import { initChart } from './echarts';
import { h } from './element';
import { pickByClick } from './picked-place';
import { saveButtons, type Savable, type Save } from './save-buttons';
import { readTheme } from './theme';

/** What the charts of a part of the panel do. */
export interface ChartActs {
  setLog: (on: boolean) => void;
  save: Save;
  /** Shows a checkpoint; left out where points are not checkpoints of the run that is shown. */
  pick?: Pick;
}

/** One chart with its title, legend, options, picture and table. */
export class ChartView {
  readonly element: HTMLElement;
  readonly #picture = h('div', { class: 'picture', role: 'img', tabindex: 0 });
  readonly #title = h('h3', {});
  readonly #caption = h('p', { class: 'caption' });
  readonly #hidden = new Set<string>();
  readonly #legend = createLegend((name) => this.#toggle(name));
  readonly #table: ChartTable;
  readonly #whole = h('button', { type: 'button', class: 'link', hidden: true });
  readonly #scale: HTMLElement;
  readonly #log: HTMLInputElement;
  readonly #resizes: ResizeObserver;
  #chart: ReturnType<typeof initChart> | undefined;
  #model: AnyChart | undefined;
  #drawn = '';

  constructor(private readonly acts: ChartActs) {
    const { setLog, pick, save } = acts;
    this.#table = createChartTable(pick);
    this.#whole.textContent = t('Show all');
    this.#whole.addEventListener('click', () => {
      if (this.#chart) resetZoom(this.#chart);
      this.#picture.focus();
    });
    this.#log = h('input', { type: 'checkbox' });
    this.#log.addEventListener('change', () => setLog(this.#log.checked));
    this.#scale = h('label', { class: 'scale' }, this.#log, t('Logarithmic'));
    const head = h('div', { class: 'chart-head' }, this.#title, this.#whole, this.#scale);
    const frame = h('div', { class: 'picture-frame' }, this.#picture);
    const files = saveButtons(this.#savable(), save);
    const foot = h('div', { class: 'chart-foot' }, this.#table.element, files);
    const below = [this.#legend.element, frame, foot];
    this.element = h('article', { class: 'chart' }, head, this.#caption, ...below);
    this.#resizes = new ResizeObserver(() => this.#chart?.resize());
    this.#resizes.observe(this.#picture);
  }

  /** Draws the chart where it or its scale has changed. */
  update(model: AnyChart, log: boolean): void {
    const now = `${log} ${fingerprint(model)}`;
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
    this.#chart ??= this.#picture.isConnected ? this.#begin() : undefined;
    this.#chart?.setOption(chartOption(model, this.#look(model)), { replaceMerge: ['series'] });
  }

  #begin(): ReturnType<typeof initChart> {
    const chart = initChart(this.#picture, undefined, { renderer: 'svg' });
    zoomByKeyboard(this.#picture, chart, (on) => (this.#whole.hidden = !on));
    // A part of a long curve has more to show than the whole had.
    chart.on('datazoom', () => {
      requestAnimationFrame(() => this.#refine());
    });
    const { pick } = this.acts;
    if (pick) pickByClick(chart, () => this.#model, pick);
    return chart;
  }

  #refine(): void {
    const model = this.#model;
    if (model?.kind !== 'path' || !model.series.some(({ points }) => points.length > 1000)) return;
    this.#chart?.setOption({ series: chartOption(model, this.#look(model))['series'] });
  }

  #look(model: AnyChart): Look {
    return {
      theme: readTheme(),
      log: mayBeLog(model) && this.#log.checked,
      hidden: this.#hidden,
      window: this.#chart ? windowOf(this.#chart) : WHOLE,
      tooltip: (x, y) => (model.kind === 'path' ? chartTooltip(model, x, y) : h('div')),
    };
  }

  #savable(): Savable {
    const nothing = { columns: [], rows: [] };
    return {
      name: () => this.#model?.title ?? '',
      data: () => (this.#model ? chartData(this.#model) : nothing),
      picture: (ending) =>
        this.#model ? chartPicture(this.#model, this.#look(this.#model), ending) : '',
    };
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

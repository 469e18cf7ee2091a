import { runName } from '../../../server/src/protocol/run-name';
import type { ComparedRun } from '../model/comparison';
import { comparisonTable } from '../model/comparison-table';
import type { TextTable } from '../model/continual-table';
import { comparisonCharts } from '../model/charts/comparison-charts';
import { t } from '../translate';
import type { ChartActs } from './chart-view';
import { createCharts } from './charts-view';
import { drawTextTable } from './continual-view';
import { h } from './element';
import { createPart } from './part';

export interface ComparisonView {
  element: HTMLElement;
  update(runs: ComparedRun[], logDistance: boolean): void;
}

interface Head {
  table: TextTable;
  /** Ids and names, the first one is what the others are compared with. */
  runs: { run: string; name: string }[];
}

/** The chosen runs side by side; not there below two. */
export function createComparison(
  clear: () => void,
  compareSpecs: (runs: [string, string]) => void,
  acts: ChartActs,
): ComparisonView {
  const charts = createCharts(acts, t('Curves of the compared runs'));
  const stop = h('button', { type: 'button', class: 'secondary' }, t('End Comparison'));
  stop.addEventListener('click', clear);
  const title = h('div', { class: 'chart-head' }, h('h2', {}, t('Comparison')), stop);
  const head = createPart<Head>(h('div', { class: 'summary' }), ({ table, runs }) => [
    h('p', { class: 'specs' }, t('Compare specs:'), ...specButtons(runs, compareSpecs)),
    drawTextTable(table),
  ]);
  const element = h('section', { class: 'comparison', hidden: true }, title);
  element.append(head.element, charts.element);
  return {
    element,
    update(runs, logDistance) {
      element.hidden = runs.length < 2;
      if (element.hidden) {
        charts.update([], logDistance);
        return;
      }
      const named = runs.map(({ summary }) => ({ run: summary.run, name: runName(summary) }));
      head.update({ table: comparisonTable(runs, t), runs: named });
      charts.update(comparisonCharts(runs, t), logDistance);
    },
  };
}

function specButtons(runs: Head['runs'], compareSpecs: (runs: [string, string]) => void): Node[] {
  const [first, ...others] = runs;
  if (!first) return [];
  return others.map(({ run, name }) => {
    const button = h('button', { type: 'button', class: 'link' }, `${first.name} ↔ ${name}`);
    button.addEventListener('click', () => compareSpecs([first.run, run]));
    return button;
  });
}

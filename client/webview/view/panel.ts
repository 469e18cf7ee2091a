import { runName } from '../../../server/src/protocol/run-name';
import { runProgress } from '../../../server/src/protocol/run-progress';
import type { FromPanel, PanelAction } from '../../src/results/messages';
import { checkpointFacts } from '../model/checkpoint-facts';
import { runCharts } from '../model/charts/run-charts';
import { continualTables } from '../model/continual-table';
import type { PanelStore } from '../model/panel-store';
import { phaseOf, type Phase } from '../model/run-phase';
import { runTables } from '../model/run-tables';
import { runsTable } from '../model/runs-table';
import { summaryTable } from '../model/summary-table';
import { t } from '../translate';
import { Announcer } from './announcer';
import { createCheckpoint } from './checkpoint-view';
import { createCharts } from './charts-view';
import { createComparison } from './comparison-view';
import { createContinual } from './continual-view';
import { h } from './element';
import { createExpectations } from './expectations-view';
import { createHeader, progressWords } from './header';
import { createHeatTables } from './heat-view';
import { createLog } from './log-view';
import { createNotices } from './notices';
import { createRunPicker } from './run-picker';
import { createRunsTable } from './runs-table-view';
import type { Save } from './save-buttons';
import { createSummaryTable } from './summary-table-view';
import { createWarnings } from './warnings-view';

/** Builds the page and returns what draws the store's state on it. */
export function createPanel(
  root: HTMLElement,
  store: PanelStore,
  post: (message: FromPanel) => void,
): () => void {
  const parts = createParts(store, post);
  const status = h('p', { class: 'for-screen-readers', role: 'status', 'aria-live': 'polite' });
  const speak = (text: string) => (status.textContent = text);
  const announcer = new Announcer(speak, () => performance.now());
  root.replaceChildren(
    status,
    parts.header.element,
    parts.notices.element,
    parts.table.element,
    parts.continual.element,
    parts.expectations.element,
    parts.warnings.element,
    parts.runs.element,
    parts.compare.element,
    parts.charts.element,
    parts.heat.element,
    parts.log.element,
    parts.checkpoint.element,
  );
  return () => {
    const phase = phaseOf(store, t);
    drawParts(parts, store, phase);
    announcer.update(phase.kind, spoken(store, phase));
  };
}

type Parts = ReturnType<typeof createParts>;

function createParts(store: PanelStore, post: (message: FromPanel) => void) {
  const act = (action: PanelAction) => perform(action, store, post);
  const reveal = (pointer: string) => {
    post({ type: 'reveal', pointer });
  };
  const save: Save = (file) => {
    post({
      type: 'save',
      ...file,
      name: `${store.shown ? runName(store.shown.summary) : ''}-${file.name}`,
    });
  };
  const charts = { setLog: (on: boolean) => store.setLogDistance(on), save };
  const picker = createRunPicker((run) => store.select(run));
  return {
    picker,
    header: createHeader(act, picker.element),
    notices: createNotices(act),
    table: createSummaryTable(),
    continual: createContinual(),
    expectations: createExpectations(reveal),
    warnings: createWarnings(reveal),
    charts: createCharts({ ...charts, pick: (place) => store.choosePlace(place) }, t('Charts')),
    runs: createRunsTable({
      select: (run) => store.select(run),
      toggle: (run) => store.toggleCompared(run),
      sort: (column) => store.sortRuns(column),
      save,
    }),
    compare: createComparison(
      () => store.clearCompared(),
      (runs) => post({ type: 'compare-specs', runs }),
      charts,
    ),
    heat: createHeatTables(save),
    checkpoint: createCheckpoint({
      reveal,
      exportWeights: (run, file) => post({ type: 'export-weights', run, file }),
      close: () => store.choosePlace(undefined),
    }),
    log: createLog(reveal),
  };
}

function perform(action: PanelAction, store: PanelStore, post: (message: FromPanel) => void): void {
  const run = store.shown?.summary.run;
  if (action === 'stop' && run !== undefined) store.markStopping(run);
  post({ type: 'action', action, ...(run !== undefined && { run }) });
}

function drawParts(parts: Parts, store: PanelStore, phase: Phase): void {
  const { shown, runs } = store;
  parts.header.update(store, phase);
  parts.picker.update({
    runs: (runs?.runs ?? []).map((summary) => ({
      run: summary.run,
      name: runName(summary),
      started: summary.started,
      status: summary.status,
    })),
    selected: shown?.summary.run,
  });
  parts.notices.update({
    tone: phase.tone,
    advice: phase.advice,
    stale: shown?.stale ?? false,
    mayRun: !phase.actions.includes('run') && runs?.trusted !== false && phase.tone !== 'busy',
    problem: store.problem,
  });
  parts.table.update(shown ? summaryTable(shown.view, t) : { columns: [], rows: [] });
  parts.continual.update(continualTables(shown?.view.report?.continual, t));
  parts.expectations.update(shown?.view.report?.expectations ?? []);
  parts.warnings.update(shown?.view.warnings ?? []);
  const { comparison } = store;
  parts.runs.update({
    table: runsTable(runs?.runs ?? [], comparison.rows, comparison.sorting, t),
    sorting: comparison.sorting,
    chosen: [...comparison.chosen],
    selected: shown?.summary.run,
  });
  parts.compare.update(comparison.runs, store.logDistance);
  parts.charts.update(shown ? runCharts(shown, t) : [], store.logDistance);
  parts.heat.update(shown ? runTables(shown.view, t) : []);
  parts.checkpoint.update(shown && store.place && checkpointFacts(shown, store.place, t));
  parts.log.update(shown?.log.lines ?? []);
}

function spoken({ shown }: PanelStore, phase: Phase): string {
  const words = [phase.badge, phase.advice ?? ''];
  if (shown && phase.tone === 'busy') {
    const progress = runProgress(shown.view);
    words.push(progressWords(progress, phase), `${Math.floor(100 * progress.fraction)} %`);
  }
  const sentences = words.filter((word) => word !== '');
  return sentences.map((words) => words.replace(/\.$/, '')).join('. ');
}

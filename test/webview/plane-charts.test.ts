import { describe, expect, test } from 'vitest';
import type { PlaneModel } from '../../client/webview/model/charts/chart-model';
import { chartSheet, chartWords } from '../../client/webview/model/charts/chart-sheet';
import { pcaChart } from '../../client/webview/model/charts/pca-chart';
import { spectrumChart } from '../../client/webview/model/charts/spectrum-chart';
import { tradeOffCharts } from '../../client/webview/model/charts/trade-off-chart';
import { accuracyChart } from '../../client/webview/model/charts/accuracy-chart';
import { distanceChart } from '../../client/webview/model/charts/distance-chart';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { t } from '../client/plain-words';
import { CONTINUAL, PCA, richRun } from './rich-run';
import { wholeRun } from './synthetic-run';

const view = foldEvents(richRun());
const names = (plane: PlaneModel | undefined) => plane?.series.map(({ name }) => name);

describe('old against new', () => {
  const [learn, prune] = tradeOffCharts(view, t);

  test('has what a leg learns to the right and what it keeps upwards', () => {
    expect(learn?.x.name).toBe('accuracy on fashion');
    expect(learn?.y.name).toBe('accuracy on digits');
    const last = view.legs[0]?.checkpoints.at(-1);
    expect(learn?.series[0]?.points.at(-1)).toEqual({
      x: last?.metrics.accuracy['fashion'],
      y: last?.metrics.accuracy['digits'],
      label: 'add-fashion, step 60',
      place: { leg: 'add-fashion', step: 60 },
    });
  });

  test('has the baselines of the leg as points, and no others', () => {
    expect(names(learn)).toEqual(['path', 'fine_tune', 'ewc']);
    expect(learn?.series[1]?.points).toEqual([{ x: 0.83, y: 0.41, label: 'fine_tune' }]);
    expect(names(prune)).toEqual(['path', 'projected without a path']);
  });

  test('goes by sparsity where a leg prunes', () => {
    expect(prune?.x.name).toBe('sparsity');
    expect(prune?.series[1]?.points[0]).toMatchObject({ x: 0.8, y: 0.747 });
  });

  test('believes the report about what a leg learns', () => {
    const tasks = [{ task: 'digits', leg: 'add-fashion' }];
    const continual = { ...CONTINUAL, tasks };
    const report = view.report && { ...view.report, continual };
    const [told] = tradeOffCharts({ ...view, ...(report && { report }) }, t);
    expect(told?.x.name).toBe('accuracy on digits');
  });

  test('is not there where nothing is kept or gained', () => {
    expect(tradeOffCharts(emptyRunView(), t)).toEqual([]);
    const reach = view.legs.map((leg) => ({ ...leg, objective: 'reach' }));
    expect(tradeOffCharts({ ...view, legs: reach }, t)).toEqual([]);
  });

  test('has no place for a network of which one accuracy is not finite', () => {
    const legs = view.legs.slice(0, 1).map((leg) => ({
      ...leg,
      checkpoints: leg.checkpoints.map((point) => ({
        ...point,
        metrics: { ...point.metrics, accuracy: { digits: null, fashion: 0.5 } },
      })),
    }));
    const [gap] = tradeOffCharts({ ...view, legs }, t);
    expect(gap?.series[0]?.points[0]).toMatchObject({ x: 0.5, y: null });
  });
});

describe('the plane of weight space', () => {
  const plane = pcaChart(view, t);

  test('joins the networks of each leg, from the last one before it', () => {
    expect(names(plane)?.slice(0, 2)).toEqual(['add-fashion', 'prune']);
    expect(plane?.series[0]?.points[0]).toMatchObject({ label: 'start', x: -4, y: 1 });
    expect(plane?.series[1]?.points[0]?.label).toBe('add-fashion, step 60');
    expect(plane?.series[1]?.points).toHaveLength(9);
  });

  test('has the ends of baselines as points, and says how much it shows', () => {
    expect(names(plane)?.slice(2)).toEqual([
      'add-fashion, baseline fine_tune',
      'add-fashion, baseline ewc',
    ]);
    expect(plane?.x.name).toContain('71.0\u202f%');
    expect(plane?.y.name).toContain('20.0\u202f%');
  });

  test('is there without any leg, and not without points', () => {
    const alone = { explained: [], points: PCA.points.slice(0, 1) };
    expect(names(pcaChart({ ...view, pca: alone }, t))).toEqual(['start']);
    expect(pcaChart({ ...view, pca: { explained: [], points: [] } }, t)).toBeUndefined();
    expect(pcaChart(emptyRunView(), t)).toBeUndefined();
  });
});

describe('the spectrum', () => {
  test('is a curve for each network on a logarithmic axis', () => {
    const plane = spectrumChart(view, t);
    expect(plane?.y.log).toBe(true);
    expect(names(plane)).toEqual(['start', 'add-fashion, step 60', 'prune, step 40']);
    expect(plane?.series[1]?.points[0]).toEqual({ x: 1, y: 25, label: 'eigenvalue 1' });
  });

  test('of many networks draws some at first and has all', () => {
    const spectra = Array.from({ length: 20 }, (_, step) => ({ ...view.spectra[1]!, step }));
    const series = spectrumChart({ ...view, spectra }, t)?.series ?? [];
    expect(series).toHaveLength(20);
    const drawn = series.flatMap(({ hidden }, index) => (hidden ? [] : [index]));
    expect(drawn).toEqual([0, 6, 13, 19]);
  });

  test('says on which data where they differ', () => {
    const spectra = [view.spectra[0]!, { ...view.spectra[0]!, on: 'digits' }];
    expect(names(spectrumChart({ ...view, spectra }, t))).toEqual([
      'start, on memory',
      'start, on digits',
    ]);
  });
});

test('baselines are levels along the leg that they stand beside', () => {
  const levels = accuracyChart(view, t).references.filter(({ kind }) => kind === 'baseline');
  expect(levels).toContainEqual({
    name: 'digits, fine_tune',
    from: 0,
    to: 60,
    value: 0.41,
    style: 0,
    kind: 'baseline',
    variant: 0,
  });
  expect(levels).toHaveLength(4);
  expect(distanceChart(view, t).references.map(({ value }) => value)).toEqual([9.2, 2.1]);
  expect(accuracyChart(foldEvents(wholeRun()), t).references.map(({ kind }) => kind)).not.toContain(
    'baseline',
  );
});

test('a plane says in words and as a table what it shows', () => {
  const [learn] = tradeOffCharts(view, t);
  expect(chartWords(learn!, t)).toContain('fine_tune: (83.0\u202f%; 41.0\u202f%).');
  const { heads, rows } = chartSheet(learn!, t);
  expect(heads).toEqual(['Curve', 'Point', 'accuracy on fashion', 'accuracy on digits']);
  expect(rows.at(-1)).toEqual(['ewc', 'ewc', '71.0\u202f%', '72.0\u202f%']);
  expect(rows).toHaveLength(13 + 2);
});

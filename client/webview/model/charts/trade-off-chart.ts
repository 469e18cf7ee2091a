import type { Metrics } from '../../../../server/src/protocol/generated';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { LegView, RunView } from '../../../../server/src/protocol/run-view';
import { dataSetsOf } from '../summary-table';
import type { Axis, PlaneModel, PlanePoint, PlaneSeries } from './chart-model';

type Measure = (metrics: Metrics) => number | null | undefined;

/** Old against new, a plane for each leg that has both: what a leg gains to the right, what it keeps upwards. */
export function tradeOffCharts(view: RunView, t: Translate): PlaneModel[] {
  return view.legs.flatMap((leg) => {
    const gain = gainOf(view, leg, t);
    const kept = keptIn(leg);
    if (!gain || kept.length === 0 || leg.checkpoints.length === 0) return [];
    const keeps: Measure = ({ accuracy }) => mean(kept.map((name) => accuracy[name]));
    return [
      {
        kind: 'plane',
        id: `trade-off-${leg.leg}`,
        title: view.legs.length > 1 ? t('Old and new: {0}', leg.leg) : t('Old and new'),
        caption: t('What the leg gains, to the right, and what it keeps, upwards.'),
        x: gain.axis,
        y: { name: t('accuracy on {0}', kept.join(', ')), unit: 'percent' },
        series: seriesOf(view, leg, gain.measure, keeps, t),
      },
    ];
  });
}

/** What a leg is for, on an axis: accuracy on what it learns, or sparsity. */
function gainOf(
  view: RunView,
  leg: LegView,
  t: Translate,
): { axis: Axis; measure: Measure } | undefined {
  if (leg.objective === 'sparsify')
    return {
      axis: { name: t('sparsity'), unit: 'percent' },
      measure: ({ sparsity }) => sparsity,
    };
  const learnt = leg.objective === 'learn' ? learntIn(view, leg) : [];
  if (learnt.length === 0) return undefined;
  return {
    axis: { name: t('accuracy on {0}', learnt.join(', ')), unit: 'percent' },
    measure: ({ accuracy }) => mean(learnt.map((name) => accuracy[name])),
  };
}

/** Output distances are measured on the data sets that the leg keeps. */
function keptIn({ checkpoints }: LegView): string[] {
  const names = Object.keys(checkpoints[0]?.metrics.output_distance ?? {});
  return names.filter((name) => name !== 'memory' && name !== 'held_out');
}

/** The report knows what a leg learns; before it is there, it is what is measured but not kept. */
function learntIn({ report }: RunView, leg: LegView): string[] {
  const told = (report?.continual?.tasks ?? []).filter((task) => task.leg === leg.leg);
  if (told.length > 0) return told.map(({ task }) => task);
  const kept = keptIn(leg);
  return dataSetsOf(leg.checkpoints.map(({ metrics }) => metrics)).filter(
    (name) => !kept.includes(name),
  );
}

function seriesOf(
  view: RunView,
  leg: LegView,
  gain: Measure,
  keeps: Measure,
  t: Translate,
): PlaneSeries[] {
  const at = (metrics: Metrics) => ({ x: gain(metrics) ?? null, y: keeps(metrics) ?? null });
  const path = leg.checkpoints.map(({ step, metrics }): PlanePoint => {
    const { x, y } = at(metrics);
    // Made when it is read: of thousands of points few are ever asked for their names.
    const label = { get: () => t('{0}, step {1}', leg.leg, step), enumerable: true };
    const point = { x, y, place: { leg: leg.leg, step } };
    return Object.defineProperty(point, 'label', label) as PlanePoint;
  });
  const beside = view.baselines.filter((one) => one.leg === leg.leg);
  const alone = [
    ...(leg.projected ? [[t('projected without a path'), leg.projected] as const] : []),
    ...beside.flatMap(({ baseline, report }) => (report ? [[baseline, report.end] as const] : [])),
  ];
  return [
    { name: t('path'), style: 0, joined: true, points: path },
    ...alone.map(([name, metrics], index) => ({
      name,
      style: index + 1,
      joined: false,
      points: [{ ...at(metrics), label: name }],
    })),
  ];
}

function mean(values: readonly (number | null | undefined)[]): number | null {
  const finite = values.filter((value) => typeof value === 'number');
  if (finite.length === 0 || finite.length < values.length) return null;
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

import type { Metrics } from '../../../../server/src/protocol/generated';
import type { LegView, RunView } from '../../../../server/src/protocol/run-view';
import type { AxisLeg, Point } from './chart-model';

/** The legs laid end to end: a chart's x axis counts the steps of the whole path. */
export function pathAxis(view: RunView): AxisLeg[] {
  let from = 0;
  return view.legs.map(({ leg, steps }) => {
    const placed = { name: leg, from, to: from + steps };
    from += steps;
    return placed;
  });
}

/** A value of every checkpoint of the path, where it was measured at all. */
export function alongPath(
  view: RunView,
  value: (metrics: Metrics) => number | null | undefined,
): Point[] {
  const axis = pathAxis(view);
  return view.legs.flatMap((leg, index) => alongLeg(leg, axis[index]?.from ?? 0, value));
}

function alongLeg(
  { checkpoints }: LegView,
  from: number,
  value: (metrics: Metrics) => number | null | undefined,
): Point[] {
  return checkpoints.flatMap(({ step, metrics }): Point[] => {
    const y = value(metrics);
    return y === undefined ? [] : [[from + step, y]];
  });
}

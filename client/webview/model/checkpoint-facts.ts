import type { Checkpoint, Metrics } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { writtenLeg } from '../../../server/src/protocol/sub-legs';
import { flatMetrics } from '../../../server/src/protocol/flat-metrics';
import type { Place } from './charts/chart-model';
import { number, percent } from './format';
import type { ShownRun } from './panel-store';
import { isShare, metricLabel } from './runs-table';

/** A checkpoint that the reader chose. */
export interface CheckpointFacts {
  run: string;
  title: string;
  /** Names and values. */
  facts: [name: string, value: string][];
  /** JSON pointer of its leg in the spec. */
  pointer: string;
  /** Its weights, where they were written, relative to the run's folder. */
  file?: string;
}

/** What was measured at the checkpoint nearest to a place; undefined where the leg has none. */
export function checkpointFacts(
  { summary, view }: Pick<ShownRun, 'summary' | 'view'>,
  place: Place,
  t: Translate,
): CheckpointFacts | undefined {
  const leg = view.legs.find((one) => one.leg === place.leg);
  const point = leg && nearest(leg.checkpoints, place.step);
  if (!point) return undefined;
  const parents = [...new Set(view.legs.map((one) => writtenLeg(one.leg)))];
  return {
    run: summary.run,
    title: t('{0}, step {1} of {2}', point.leg, point.step, leg.steps),
    facts: factsOf(point.metrics, t),
    pointer: `/path/${parents.indexOf(writtenLeg(leg.leg))}`,
    ...(point.file !== undefined && { file: point.file }),
  };
}

function nearest(checkpoints: readonly Checkpoint[], step: number): Checkpoint | undefined {
  const [first] = checkpoints;
  return checkpoints.reduce<Checkpoint | undefined>(
    (best, one) => (best && Math.abs(one.step - step) < Math.abs(best.step - step) ? one : best),
    first,
  );
}

function factsOf({ sparsity_by_layer: _, ...metrics }: Metrics, t: Translate): [string, string][] {
  return [...flatMetrics(metrics)].map(([name, value]) => [
    metricLabel(name, t),
    isShare(name) ? percent(value) : number(value),
  ]);
}

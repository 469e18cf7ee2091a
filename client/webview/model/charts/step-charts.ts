import type { Step } from '../../../../server/src/protocol/generated';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { LegView, RunView } from '../../../../server/src/protocol/run-view';
import type { RunSteps } from '../run-steps';
import type { AxisLeg, ChartModel, Point } from './chart-model';
import { pathAxis } from './path-axis';

/** The length of the path in each leg, step by step. */
export function arcLengthChart(view: RunView, steps: RunSteps, t: Translate): ChartModel {
  const points = view.legs.flatMap((leg, index) => legLengths(leg, pathAxis(view)[index], steps));
  return smallChart(view, points, {
    id: 'arc-length',
    title: t('Path length'),
    caption: t('Distance walked in weight space since the leg began.'),
    name: t('path length'),
  });
}

/** A leg begins with a path of length zero. */
function legLengths({ leg }: LegView, place: AxisLeg | undefined, steps: RunSteps): Point[] {
  const walked = steps.of(leg);
  const from = place?.from ?? 0;
  if (walked.length === 0) return [];
  return [[from, 0], ...walked.map(({ step, arc_length }): Point => [from + step, arc_length])];
}

/** Objectives whose value has a chart. */
type Charted = 'sparsify' | 'learn' | 'reach' | 'fit';

/** What the legs of one objective lower, step by step; undefined where no leg has that objective. */
export function objectiveChart(
  view: RunView,
  steps: RunSteps,
  objective: Charted,
  t: Translate,
): ChartModel | undefined {
  const points = everyStep(view, steps, ({ objective_value }) => objective_value, objective);
  if (points.length === 0) return undefined;
  return smallChart(view, points, { id: objective, ...objectiveWords(objective, t) });
}

function objectiveWords(objective: Charted, t: Translate) {
  if (objective === 'learn') {
    const caption = t('Loss on the samples of the new task, before each step.');
    return { title: t('Training loss'), caption, name: t('loss') };
  }
  if (objective === 'fit') {
    const caption = t('The loss that the leg lowers, on the samples of a step, before it.');
    return { title: t('Fitted loss'), caption, name: t('loss') };
  }
  if (objective === 'reach') {
    const caption = t('Distance in weight space to the network that the leg goes towards.');
    return { title: t('Distance to the other network'), caption, name: t('distance') };
  }
  const caption = t('Distance in weight space to the sparsity that the step aims at.');
  return { title: t('Distance to the target'), caption, name: t('distance') };
}

function everyStep(
  view: RunView,
  steps: RunSteps,
  value: (step: Step) => number | null | undefined,
  objective: string,
): Point[] {
  const axis = pathAxis(view);
  return view.legs.flatMap((leg, index) => {
    if (leg.objective !== objective) return [];
    const from = axis[index]?.from ?? 0;
    return steps.of(leg.leg).flatMap((step): Point[] => {
      const y = value(step);
      return y === undefined ? [] : [[from + step.step, y]];
    });
  });
}

function smallChart(
  view: RunView,
  points: Point[],
  words: { id: string; title: string; caption: string; name: string },
): ChartModel {
  const { id, title, caption, name } = words;
  return {
    kind: 'path',
    id,
    title,
    caption,
    unit: 'number',
    legs: pathAxis(view),
    series: [{ name, style: 0, points }],
    references: [],
    mayBeLog: false,
    small: true,
  };
}

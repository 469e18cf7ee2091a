import { Random } from '../../random';
import { dataSetOf, gatherInputs, gatherLabels } from '../../run-context';
import { concatenated } from '../../vector';
import type { DataSet } from '../../data/data-set';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import type { LabelledSamples } from '../keep/labelled-memory';
import { labelLoss, termsGradient } from '../losses/loss-terms';

/** All training samples of the kept data sets and of the further task, as if they had come together. */
export function joint(setting: BaselineSetting): BaselineMethod {
  const { context, name, leg } = setting;
  const dataSets = jointData(setting);
  const samples = samplesOfAStep(setting);
  return descend(setting, (weights, step) => {
    const random = Random.of(context.experiment.seed, 'baseline', name, leg.leg, 'batch', step);
    const { inputs, labels } = drawJoint(dataSets, samples, random);
    return termsGradient(context, weights, [{ inputs, loss: labelLoss(labels) }]);
  });
}

function jointData({ context, leg, index }: BaselineSetting): DataSet[] {
  const { objective, keep } = leg;
  if (objective.type !== 'learn') throw new TypeError('Only a learn leg has a further task.');
  const names = new Set([keep.on, objective.on].flat());
  return [...names].map((name) => dataSetOf(context, name, `/path/${index}/keep/on`));
}

/** As many as the leg's: a batch of the further task, and samples of the memory. */
function samplesOfAStep({ leg, memory }: BaselineSetting): number {
  const batch = leg.objective.type === 'learn' ? leg.objective.batch_size : 0;
  return batch + Math.min(leg.solver.samples, memory.labels.length);
}

/** Training samples of all data sets, drawn as from one; all of them where there are fewer. */
export function drawJoint(
  dataSets: readonly DataSet[],
  samples: number,
  random: Random,
): LabelledSamples {
  const total = dataSets.reduce((sum, { train }) => sum + train.count, 0);
  const drawn = random.sample(total, Math.min(samples, total)).sort();
  let first = 0;
  const parts = dataSets.map(({ train }) => {
    const from = first;
    first += train.count;
    const rows = drawn.filter((row) => row >= from && row < from + train.count);
    const indices = rows.map((row) => row - from);
    return { inputs: gatherInputs(train, indices), labels: gatherLabels(train, indices) };
  });
  return {
    count: drawn.length,
    inputs: concatenated(parts.map(({ inputs }) => inputs)),
    labels: Int32Array.from(parts.flatMap(({ labels }) => Array.from(labels))),
  };
}

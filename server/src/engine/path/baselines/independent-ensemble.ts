import type { IndependentEnsembleBaseline } from '../../../spec/experiment';
import type { DataSet, Samples } from '../../data/data-set';
import type { NamedTensor } from '../../host';
import { initialWeights } from '../../network/network';
import { Random } from '../../random';
import { dataSetOf } from '../../run-context';
import { asTensor } from '../../saved-vector';
import { concatenated } from '../../vector';
import { pathsOf } from '../leg-steps';
import { createOptimizer } from '../optimizers';
import { drawBatches } from '../trainers/draw-batches';
import { trainingUpdate } from '../trainers/host-trainer';
import type { TrainingBatch } from '../trainers/trainer';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { recipeOf, spanOf } from './independent-recipe';

const MEMBER = 'independent.member.';

/**
 * An ensemble of networks that have nothing in common but their data and how they are trained (Lakshminarayanan et al.,
 * arXiv 1612.01474): each begins with weights of its own and goes through the samples in an order of its own. A step is an
 * update of one of them.
 */
export function independentEnsemble(
  spec: IndependentEnsembleBaseline,
  setting: BaselineSetting,
): BaselineMethod {
  const { context, leg } = setting;
  const { network } = context;
  const data = keptData(setting);
  const recipe = recipeOf(spec, context.experiment);
  const span = spanOf(recipe, data.train.count);
  const freshOptimizer = () => createOptimizer(recipe.optimizer, network.layout.size, span);
  const found: Float32Array[] = [];
  let optimizer = freshOptimizer();
  let batches: { member: number; at: (number: number) => TrainingBatch } | undefined;

  const batchOf = (member: number, update: number) => {
    if (batches?.member !== member)
      batches = { member, at: drawBatches(data, seedOf(setting, member), recipe.batch_size) };
    return batches.at(update);
  };
  return {
    steps: pathsOf(leg) * span.updates,
    async step(weights, step) {
      const [member, update] = [Math.floor(step / span.updates), step % span.updates];
      if (update === 0) {
        weights.set(initialWeights(network, Random.of(seedOf(setting, member), 'init')));
        optimizer = freshOptimizer();
      }
      const loss = await trainingUpdate(context, weights, optimizer, batchOf(member, update));
      if (update === span.updates - 1) found.push(weights.slice());
      return loss;
    },
    members: found,
    state: () => [
      ...found.map((weights, i) => asTensor(`${MEMBER}${i}`, weights)),
      ...optimizer.state(),
    ],
    restore: (tensors, steps) => {
      found.push(...membersIn(tensors));
      // Between two networks, the next step takes a fresh optimiser anyway.
      optimizer.restore(tensors, steps % span.updates);
    },
  };
}

/** What would train the same network as that of a run, were it the spec's seed. */
function seedOf({ context, name, leg }: BaselineSetting, member: number): number {
  const { seed } = context.experiment;
  return Random.of(seed, 'baseline', name, leg.leg, 'member', member).integer(2 ** 31);
}

/** All training samples of the data that the leg keeps, as one data set. */
function keptData({ context, leg, index }: BaselineSetting): Pick<DataSet, 'train'> {
  const names = [leg.keep.on].flat();
  const parts = names.map((name) => dataSetOf(context, name, `/path/${index}/keep/on`).train);
  const [only] = parts;
  if (only && parts.length === 1) return { train: only };
  const train: Samples = {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    inputs: concatenated(parts.map(({ inputs }) => inputs)),
    labels: Int32Array.from(parts.flatMap(({ labels }) => Array.from(labels))),
  };
  return { train };
}

function membersIn(tensors: readonly NamedTensor[]): Float32Array[] {
  const number = ({ name }: NamedTensor) => Number(name.slice(MEMBER.length));
  return tensors
    .filter(({ name }) => name.startsWith(MEMBER))
    .sort((a, b) => number(a) - number(b))
    .map(({ values }) => values.slice());
}

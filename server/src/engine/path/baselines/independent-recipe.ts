import type { Experiment, IndependentEnsembleBaseline, Leg, Train } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import type { TrainingSpan } from '../optimizers/learning-rate';
import { pathsOf } from '../leg-steps';

/** How each network of an independent ensemble is trained: as the first network was, where the baseline says nothing else. */
export type Recipe = Pick<Train, 'epochs' | 'batch_size' | 'optimizer'>;

/** A training as the schema fills it in, for first networks that were read from a file. */
const DEFAULT_RECIPE: Recipe = {
  epochs: 10,
  batch_size: 128,
  optimizer: { ...{ type: 'adam', learning_rate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8 } },
};

export function recipeOf(
  { epochs, batch_size, optimizer }: IndependentEnsembleBaseline,
  { start }: Pick<Experiment, 'start'>,
): Recipe {
  const like = start.train ?? DEFAULT_RECIPE;
  return {
    epochs: epochs ?? like.epochs,
    batch_size: batch_size ?? like.batch_size,
    optimizer: optimizer ?? like.optimizer,
  };
}

/** How long the training of one network is, on so many samples. */
export function spanOf({ epochs, batch_size }: Recipe, samples: number): Required<TrainingSpan> {
  const perEpoch = Math.ceil(samples / batch_size);
  return { updates: perEpoch * epochs, perEpoch };
}

/** The updates of all networks of an independent ensemble beside a leg. */
export function independentSteps(
  spec: IndependentEnsembleBaseline,
  leg: Leg,
  experiment: Experiment,
  dataSets: ReadonlyMap<string, DataSet>,
): number {
  const countOf = (name: string) => dataSets.get(name)?.train.count ?? 0;
  const samples = [leg.keep.on].flat().reduce((sum, name) => sum + countOf(name), 0);
  return pathsOf(leg) * spanOf(recipeOf(spec, experiment), samples).updates;
}

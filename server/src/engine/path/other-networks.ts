import type { FitObjective, ReachObjective } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import type { RunContext } from '../run-context';
import { otherNetwork, type OtherNetwork, type WeightsFile } from './weights-file';

/** The network that a leg goes towards. */
export function targetOf(
  { weights }: ReachObjective,
  index: number,
  context: RunContext,
): OtherNetwork {
  return otherNetwork(context, { path: weights, pointer: `/path/${index}/objective/weights` });
}

/**
 * The network whose outputs a distillation follows; undefined where the loss has no such term.
 * @throws EngineError `fip/fit-teacher` where none is named
 */
export function teacherOf(
  { loss, teacher }: FitObjective,
  index: number,
  context: RunContext,
): OtherNetwork | undefined {
  const place = `/path/${index}/objective`;
  if (loss.distillation === undefined) return undefined;
  const file: WeightsFile = { path: teacher ?? '', pointer: `${place}/teacher` };
  if (teacher !== undefined) return otherNetwork(context, file);
  const message =
    '`distillation` follows the outputs of another network: add `teacher`, a file with its weights.';
  throw new EngineError('fip/fit-teacher', message, `${place}/loss/distillation`);
}

/**
 * Reads the networks that legs look up to before anything is computed: hours later would be too late.
 * @throws EngineError `fip/weights` for the first file that does not fit the model
 */
export function checkOtherNetworks(context: RunContext): void {
  for (const [index, { objective }] of context.experiment.path.entries()) {
    if (objective.type === 'reach') targetOf(objective, index, context);
    if (objective.type === 'fit') teacherOf(objective, index, context);
  }
}

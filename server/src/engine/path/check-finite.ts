import type { Metrics } from '../../protocol/generated';
import type { Leg } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import type { SolverStep } from './solvers/solver-step';

/** Where a leg stands. */
interface Place {
  leg: Leg;
  /** Number of the leg. */
  index: number;
  /** Number of the step, from 1. */
  step: number;
}

/**
 * Stops a leg whose step is no longer a number, before it is taken.
 * @throws EngineError `fip/not-finite` that names the step, what was not finite and the likely cause
 */
export function checkStep(place: Place, found: SolverStep): void {
  const { objectiveValue, outputChange, length } = found;
  if (!Number.isFinite(objectiveValue)) throw diverged(place, 'the loss of the objective is');
  if (!Number.isFinite(outputChange)) throw diverged(place, 'the kept outputs are');
  if (!Number.isFinite(length)) throw diverged(place, 'the step is');
}

/**
 * Stops a leg whose network no longer says numbers, before it becomes a checkpoint: the last good one stays the last.
 * @param metrics as measured there, null where they are not finite
 * @throws EngineError `fip/not-finite`
 */
export function checkMeasured(place: Place, { loss, output_distance: moved = {} }: Metrics): void {
  const isNull = (values: object) => Object.values(values).includes(null);
  if (isNull(moved)) throw diverged(place, 'the kept outputs are');
  if (isNull(loss)) throw diverged(place, 'the loss on the test data is');
}

function diverged({ leg, index, step }: Place, what: string): EngineError {
  const cause = CAUSES[leg.solver.type];
  const message =
    `At step ${step} of leg \`${leg.leg}\`, ${what} no longer finite: the path has diverged. The checkpoints before ` +
    `it are kept. ${cause}`;
  return new EngineError('fip/not-finite', message, `/path/${index}/solver`);
}

/** The likely cause, and what to do. */
const CAUSES: Record<Leg['solver']['type'], string> = {
  geodesic:
    'Steps are too long, or outputs too free: make `step_size` smaller, or set `movement`, which halves steps that move outputs too far.',
  penalty: 'The learning rate is too high: lower `learning_rate`, or set `clip_gradient_norm`.',
};

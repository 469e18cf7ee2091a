import type { Metrics } from '../../protocol/generated';
import type { Experiment, GeodesicSolver, Leg } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import type { SavedNetwork } from '../run-record';
import { norm } from '../vector';
import type { SolverStep } from './solvers/solver-step';

/** Steps of this share of all weights' length bend a network out of shape before the metric can hold it. */
const LONG_STEP = 0.1;

/** Where a leg stands. */
export interface Place {
  leg: Leg;
  /** Number of the leg. */
  index: number;
  /** Number of the step, from 1. */
  step: number;
  /** The network that the leg began with. */
  anchor: Float32Array;
  /** The last network that was measured and written. */
  last?: SavedNetwork;
}

/** The likely cause: its place below the leg, and what to do. */
interface Cause {
  place: string;
  advice: string;
}

/**
 * Stops a leg whose step is no longer a number, before it is taken.
 * @throws EngineError `fip/not-finite` that names the step, what was not finite, the likely cause and the last good weights
 */
export function checkStep(place: Place, found: SolverStep): void {
  const { objectiveValue, outputChange, length } = found;
  const isFirst = place.step === 1;
  if (!Number.isFinite(objectiveValue))
    throw diverged(place, 'the loss of the objective is', isFirst ? NOTHING_MOVED : undefined);
  if (!Number.isFinite(outputChange)) throw diverged(place, 'the kept outputs are');
  if (!Number.isFinite(length)) throw diverged(place, 'the step is');
}

/**
 * Stops a leg whose network no longer says numbers, before it becomes a checkpoint: the last good one stays the last.
 * @param metrics as measured there, null where they are not finite
 * @throws EngineError `fip/not-finite`
 */
export function checkMeasured(place: Place, { loss, output_distance: moved = {} }: Metrics): void {
  if (hasNull(moved)) throw diverged(place, 'the kept outputs are');
  if (hasNull(loss)) throw diverged(place, 'the loss on the test data is');
}

/**
 * Stops a run whose first network says no numbers: the last update of a training shows in no loss of it, and weights may
 * come from anywhere.
 * @throws EngineError `fip/not-finite`
 */
export function checkFirst({ start }: Experiment, { loss }: Metrics): void {
  if (!hasNull(loss)) return;
  const [advice, pointer] = start.train
    ? ['Lower the learning rate of the training', '/start/train/optimizer']
    : ['Correct the weights that the run starts from', '/start'];
  const message = `The outputs of the first network are not finite. ${advice}, or set \`normalize: true\` on the data.`;
  throw new EngineError('fip/not-finite', message, pointer);
}

const hasNull = (values: object): boolean => Object.values(values).includes(null);

function diverged(place: Place, what: string, cause: Cause = causeOf(place)): EngineError {
  const { leg, index, step } = place;
  const message =
    `At step ${step} of leg \`${leg.leg}\`, ${what} no longer finite: the path has diverged. ` +
    `${cause.advice} ${lastGood(place)}`;
  return new EngineError('fip/not-finite', message, `/path/${index}/${cause.place}`);
}

function lastGood({ last }: Place): string {
  if (!last) return 'The checkpoints before it are kept.';
  const when =
    last.leg === undefined ? 'the first network' : `step ${last.step} of \`${last.leg}\``;
  return `The last good weights, those of ${when}, are in \`${last.file}\` in the folder of the run.`;
}

/** Before the first step neither solver nor steps can be at fault. */
const NOTHING_MOVED: Cause = {
  place: 'objective',
  advice:
    'Nothing had moved yet, so that the data or the weights of the start are the likely cause: set `normalize: true` on the data.',
};

function causeOf(place: Place): Cause {
  const { objective, solver } = place.leg;
  if (objective.type === 'sparsify' && objective.polish && place.step > solver.steps)
    return rate(objective.polish.optimizer, 'objective/polish/optimizer');
  if (solver.type === 'penalty') return rate(solver.optimizer, 'solver/optimizer');
  return longOrFree(solver, place);
}

function rate({ learning_rate: value }: { learning_rate: number }, place: string): Cause {
  const advice = `The learning rate, ${value}, is too high: lower \`learning_rate\`, or set \`clip_gradient_norm\`.`;
  return { place, advice };
}

/** Either steps lead too far at once, or outputs are too free. */
function longOrFree(
  { step_size: size, stiffness = 'auto' }: GeodesicSolver,
  { anchor }: Place,
): Cause {
  const whole = norm(anchor);
  if (size !== undefined && size > LONG_STEP * whole) {
    const advice = `Steps are too long: \`step_size\` is ${size}, where all weights together have a length of ${whole.toPrecision(2)}. Make \`step_size\` smaller, or set \`movement\`, which halves steps that move outputs too far.`;
    return { place: 'solver/step_size', advice };
  }
  const advice = `Steps are too long, or outputs too free (the stiffness is ${stiffness}): make \`step_size\` smaller, or set \`movement\`, which halves steps that move outputs too far.`;
  return { place: 'solver', advice };
}

import type { GeodesicSolver } from '../../../spec/experiment';
import type { RunContext } from '../../run-context';
import { scaleInPlace } from '../../vector';
import { drawKept, type KeptFunction } from '../kept-function';
import { StepFinder, type FoundStep } from './geodesic/step-finder';
import { drawWithHeldOut, type StepSamples } from './geodesic/step-samples';
import { FIRST_STIFFNESS, nextStiffness } from './geodesic/stiffness';
import { defaultMovement, trust, type TrustedStep } from './geodesic/trust-region';
import type { Solver } from './solver';
import type { SolverStep } from './solver-step';

/** The exact functionally invariant step on samples of the memory, drawn anew every `refresh` steps. */
export function geodesic(
  spec: GeodesicSolver & Required<Pick<GeodesicSolver, 'stiffness'>>,
  leg: string,
  context: RunContext,
): Solver {
  const finder = new StepFinder(spec, leg, context);
  const isAdapted = spec.stiffness === 'auto';
  const isMeasured = isAdapted || spec.movement !== undefined;
  let stiffness = spec.stiffness === 'auto' ? FIRST_STIFFNESS : spec.stiffness;
  let budget = spec.movement;
  let drawn: { step: number; samples: StepSamples } | undefined;

  async function samplesAt(step: number, kept: KeptFunction): Promise<StepSamples> {
    const at = step - (step % spec.refresh);
    if (drawn?.step !== at) {
      const draw = { leg, step: at, samples: spec.samples };
      const samples = isMeasured
        ? await drawWithHeldOut(kept, context, draw)
        : ofMetricAlone(await drawKept(kept, context, draw));
      drawn = { step: at, samples };
    }
    return drawn.samples;
  }

  /** Takes of the step what can be trusted, and adapts the stiffness. */
  async function measured(
    weights: Float32Array,
    found: FoundStep,
    { heldOut }: StepSamples,
    kept: KeptFunction,
  ): Promise<Partial<SolverStep>> {
    budget ??= defaultMovement(kept);
    const { distance } = kept;
    const { theta } = found;
    const held = { samples: heldOut, distance, toAnchor: spec.correction };
    const trusted = await trust(context, { weights, theta }, held, budget);
    const used = stiffness;
    if (isAdapted) stiffness = nextStiffness(stiffness, trusted.asked, budget);
    const { movement, halvings } = trusted;
    return {
      ...shortened(trusted.part, found),
      stiffness: used,
      movement,
      halvings,
      ...rejected(trusted, budget),
    };
  }

  return {
    async step(weights, step, objective, kept) {
      const samples = await samplesAt(step, kept);
      const { value, direction } = await objective.direction(weights, step, spec.step_size);
      const { distance } = kept;
      const place = { weights, step, samples: samples.metric, distance, direction, stiffness };
      const found = cutTo(spec.step_size, await finder.find(place));
      const { theta, length, outputChange, iterations, relativeResidual: residual } = found;
      const whole = { theta, length, outputChange, objectiveValue: value, iterations, residual };
      if (!isMeasured || !Number.isFinite(length)) return whole;
      return { ...whole, ...(await measured(weights, found, samples, kept)) };
    },
    state: () => {
      const { tensors, facts } = finder.state();
      return { tensors, facts: { ...facts, stiffness } };
    },
    restore: (tensors, facts) => {
      finder.restore(tensors, facts);
      stiffness = facts['stiffness'] ?? stiffness;
    },
  };
}

const ofMetricAlone = (metric: StepSamples['metric']): StepSamples => ({ metric, heldOut: metric });

/** The trust region |theta| <= step size. */
function cutTo(limit: number | undefined, step: FoundStep): FoundStep {
  if (limit === undefined || step.length <= limit) return step;
  return { ...step, ...shortened(limit / step.length, step), length: limit };
}

/** A part of a step; changes theta in place. */
function shortened(part: number, { theta, length, outputChange }: FoundStep) {
  if (part !== 1) scaleInPlace(part, theta);
  return { theta, length: length * part, outputChange: outputChange * part ** 2 };
}

function rejected({ part, asked }: TrustedStep, budget: number): Pick<SolverStep, 'warning'> {
  if (part > 0) return {};
  const message =
    `A step would have left the outputs ${asked.toPrecision(2)} away, and even an eighth of it more than four times the ` +
    `${budget.toPrecision(2)} that \`movement\` allows, so it was not taken. Make \`step_size\` or \`stiffness\` smaller, or ` +
    '`movement` larger: as long as all steps are like this, the path stands still.';
  return { warning: { code: 'fip/step-rejected', message } };
}

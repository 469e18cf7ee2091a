import type { Leg, Polish } from '../../spec/experiment';

/** Measured networks along a path, its two ends included, where the spec names no distance between them. */
const CHECKPOINTS = 25;
/** Measured networks while its end is polished. */
const POLISH_CHECKPOINTS = 10;

/** How the end of a leg is polished, where it is. */
export function polishOf({ objective }: Leg): Polish | undefined {
  return objective.type === 'sparsify' ? objective.polish : undefined;
}

/** Steps of a leg in all: those of its path, then those of the polish. */
export function stepsOf(leg: Leg): number {
  return leg.solver.steps + (polishOf(leg)?.steps ?? 0);
}

/** Whether the network is measured after so many steps. */
export function isCheckpoint(leg: Leg, step: number): boolean {
  const {
    solver: { steps },
    checkpoint_every: every,
  } = leg;
  if (step <= steps) return isDue(step, steps, every ?? share(steps, CHECKPOINTS));
  const polish = stepsOf(leg) - steps;
  return isDue(step - steps, polish, every ?? share(polish, POLISH_CHECKPOINTS));
}

const isDue = (step: number, steps: number, every: number): boolean =>
  step === steps || step % every === 0;

const share = (steps: number, checkpoints: number): number =>
  Math.max(1, Math.ceil(steps / checkpoints));

import type { Leg, Polish } from '../../spec/experiment';

/** Measured networks along a path, its two ends included, where the spec names no distance between them. */
const CHECKPOINTS = 25;
/** Measured networks while its end is polished. */
const POLISH_CHECKPOINTS = 10;

/** How the end of a leg is polished, where it is. */
export function polishOf({ objective }: Leg): Polish | undefined {
  return objective.type === 'sparsify' ? objective.polish : undefined;
}

/** Paths that a leg walks one after another, each from its anchor and of as many steps. */
export function pathsOf({ objective }: Leg): number {
  return objective.type === 'diversify' ? objective.members : 1;
}

/** Steps of a leg in all: those of its paths, then those of the polish. */
export function stepsOf(leg: Leg): number {
  return pathsOf(leg) * leg.solver.steps + (polishOf(leg)?.steps ?? 0);
}

/** Whether the network is measured after so many steps. */
export function isCheckpoint(leg: Leg, step: number): boolean {
  const {
    solver: { steps },
    checkpoint_every: every,
  } = leg;
  const walked = pathsOf(leg) * steps;
  if (step <= walked) {
    const onPath = ((step - 1) % steps) + 1;
    return isDue(onPath, steps, every ?? share(walked, CHECKPOINTS));
  }
  const polish = stepsOf(leg) - walked;
  return isDue(step - walked, polish, every ?? share(polish, POLISH_CHECKPOINTS));
}

const isDue = (step: number, steps: number, every: number): boolean =>
  step === steps || step % every === 0;

const share = (steps: number, checkpoints: number): number =>
  Math.max(1, Math.ceil(steps / checkpoints));

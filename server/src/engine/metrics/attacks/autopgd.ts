import { intoLimits, randomStart, type Attack, type AttackLimits } from './attack';

/** Part of the way that a step goes on its own; the rest is carried over from the step before. */
const MOMENTUM = 0.75;
/** A step is too long where fewer than this part of the last ones raised the loss. */
const ENOUGH = 0.75;

/**
 * AutoPGD with cross-entropy (Croce and Hein, ICML 2020, arXiv 2003.01690, algorithm 1): each sample halves its own step
 * where that no longer helps, and goes on from its best point. Returns the best points.
 */
export const autopgd: Attack = async (loss, inputs, limits, random) => {
  const first = randomStart(inputs, limits, random);
  const { losses, gradient } = await loss(first);
  const search = new Search(inputs, limits, { points: first, losses, gradient });
  const checkpoints = checkpointsOf(limits.steps);
  for (let step = 0; step < limits.steps; step++) {
    const points = search.next();
    search.take({ points, ...(await loss(points)) });
    if (checkpoints.has(step + 1)) search.shorten(checkpoints.get(step + 1) ?? 1);
  }
  return search.best;
};

/** The steps after which step sizes are judged, and how many steps lie behind each since the one before (section 3.2). */
export function checkpointsOf(steps: number): Map<number, number> {
  const found = new Map<number, number>();
  let [before, here] = [0, 0.22];
  let last = 0;
  while (here <= 1) {
    // 0.57 * 100 is a little more than 57 in binary.
    const step = Math.ceil(here * steps - 1e-9);
    if (step > last) found.set(step, step - last);
    last = step;
    [before, here] = [here, here + Math.max(here - before - 0.03, 0.06)];
  }
  return found;
}

interface Evaluated {
  points: Float32Array;
  losses: Float32Array;
  gradient: Float32Array;
}

/** The state of the search for each sample. */
class Search {
  best: Float32Array;
  private readonly bestLosses: Float32Array;
  private readonly bestGradient: Float32Array;
  private previous: Float32Array;
  private readonly lengths: Float32Array;
  /** Steps since the last checkpoint that raised the loss. */
  private readonly raised: Int32Array;
  /** The best losses and the lengths at the last checkpoint. */
  private readonly earlier: { best: Float32Array; lengths: Float32Array };
  private readonly features: number;
  private isFirst = true;

  constructor(
    private readonly given: Float32Array,
    private readonly limits: AttackLimits,
    private current: Evaluated,
  ) {
    const count = current.losses.length;
    this.features = given.length / count;
    this.best = current.points.slice();
    this.bestLosses = current.losses.slice();
    this.bestGradient = current.gradient.slice();
    this.previous = current.points;
    this.lengths = new Float32Array(count).fill(2 * limits.epsilon);
    this.raised = new Int32Array(count);
    this.earlier = { best: this.bestLosses.slice(), lengths: this.lengths.slice() };
  }

  /** The points that are tried next: a step up, mixed with the last move. */
  next(): Float32Array {
    const { points, gradient } = this.current;
    const { given, limits, previous, features, lengths } = this;
    const up = points.map((value, i) => {
      const length = lengths[Math.floor(i / features)] ?? 0;
      return value + length * Math.sign(gradient[i] ?? 0);
    });
    intoLimits(up, given, limits);
    if (this.isFirst) return up;
    const mixed = points.map((value, i) => {
      const [own, last] = [(up[i] ?? 0) - value, value - (previous[i] ?? 0)];
      return value + MOMENTUM * own + (1 - MOMENTUM) * last;
    });
    intoLimits(mixed, given, limits);
    return mixed;
  }

  take(found: Evaluated): void {
    this.isFirst = false;
    found.losses.forEach((loss, sample) => {
      if (loss > (this.current.losses[sample] ?? 0)) this.raised[sample] = this.count(sample) + 1;
      if (loss <= (this.bestLosses[sample] ?? 0)) return;
      this.bestLosses[sample] = loss;
      this.copy(found.points, this.best, sample);
      this.copy(found.gradient, this.bestGradient, sample);
    });
    this.previous = this.current.points;
    this.current = found;
  }

  /** Halves the steps of samples that no longer gain, and takes these back to their best points. */
  shorten(steps: number): void {
    const { earlier, lengths, bestLosses, current } = this;
    for (let sample = 0; sample < lengths.length; sample++) {
      const fewRaised = this.count(sample) < ENOUGH * steps;
      const sameLength = lengths[sample] === earlier.lengths[sample];
      const noGain = sameLength && bestLosses[sample] === earlier.best[sample];
      earlier.lengths[sample] = lengths[sample] ?? 0;
      earlier.best[sample] = bestLosses[sample] ?? 0;
      this.raised[sample] = 0;
      if (!fewRaised && !noGain) continue;
      lengths[sample] = (lengths[sample] ?? 0) / 2;
      this.copy(this.best, current.points, sample);
      this.copy(this.bestGradient, current.gradient, sample);
      current.losses[sample] = bestLosses[sample] ?? 0;
    }
  }

  private count(sample: number): number {
    return this.raised[sample] ?? 0;
  }

  private copy(from: Float32Array, to: Float32Array, sample: number): void {
    const start = sample * this.features;
    to.set(from.subarray(start, start + this.features), start);
  }
}

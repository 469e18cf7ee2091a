import type { DiversifyObjective, Leg } from '../../../spec/experiment';
import type { Layout } from '../../network/layout';
import { viewOf } from '../../network/layout';
import { Random } from '../../random';
import { asTensor } from '../../saved-vector';
import { applyMask, axpy, difference, distance, norm, scaleInPlace } from '../../vector';
import type { KeptFunction } from '../kept-function';
import type { SolverStep } from '../solvers/solver-step';
import type { Objective } from './objective';

/** A move is made longer by this at most, for what the metric takes away of it. */
const LARGEST_GAIN = 10;

const MEMBER = 'objective.member.';
const GAIN = 'objective.gain';

/**
 * Find networks at the ends of separate paths from the anchor, all of one arc length. The move v of a step has three parts
 * of length 1: a direction that the seed draws for the member, the way from the anchor, and the mean of the ways from the
 * members before; zeros that are held stay. Flat is what the solver leaves of it: it bends v so that the function stays.
 */
export function diversify(
  spec: DiversifyObjective,
  leg: Leg,
  layout: Layout,
  seed: number,
  free?: Float32Array,
): Objective {
  return new Diversify(spec, leg, layout, seed, free);
}

class Diversify implements Objective {
  readonly members: Float32Array[] = [];
  /** Length of each step. */
  private readonly pace: number;
  /** |v| over |theta| at the last step: what the next move must be longer for the metric to leave the pace. */
  private readonly gain = Float32Array.of(1);
  private anchor = new Float32Array();
  /** The present member's own direction; redrawn after a resume. */
  private drawn?: { member: number; direction: Float32Array };

  constructor(
    spec: DiversifyObjective,
    private readonly leg: Leg,
    private readonly layout: Layout,
    private readonly seed: number,
    private readonly free?: Float32Array,
  ) {
    this.pace = spec.arc_length / leg.solver.steps;
  }

  begin({ anchor }: KeptFunction): Promise<void> {
    this.anchor = anchor.slice();
    return Promise.resolve();
  }

  async gradient(weights: Float32Array) {
    const { value, direction } = await this.direction(weights);
    return { value, gradient: direction.map((a) => -a) };
  }

  direction(weights: Float32Array) {
    const direction = this.ownDirection().slice();
    addUnit(1, difference(weights, this.anchor), direction);
    for (const member of this.members)
      addUnit(1 / this.members.length, difference(weights, member), direction);
    scaleInPlace((this.pace * (this.gain[0] ?? 1)) / norm(direction), direction);
    const others = [this.anchor, ...this.members].map((other) => distance(weights, other));
    return Promise.resolve({ value: Math.min(...others), direction });
  }

  /** The first step of a leg knows no gain yet, and a correction adds a length of its own: both are made good here. */
  adjust(found: SolverStep): SolverStep {
    if (found.length === 0) return found;
    const factor = this.pace / found.length;
    this.gain[0] = Math.min(Math.max((this.gain[0] ?? 1) * factor, 1), LARGEST_GAIN);
    scaleInPlace(factor, found.theta);
    return { ...found, length: this.pace, outputChange: found.outputChange * factor ** 2 };
  }

  endsPath(weights: Float32Array, steps: number): boolean {
    if (steps % this.leg.solver.steps !== 0) return false;
    this.members.push(weights.slice());
    return true;
  }

  present(weights: Float32Array): Float32Array {
    return weights;
  }

  state() {
    const members = this.members.map((weights, i) => asTensor(`${MEMBER}${i}`, weights));
    return [asTensor(GAIN, this.gain), ...members];
  }

  restore(tensors: Parameters<Objective['restore']>[0]): void {
    const saved = (name: string) => tensors.find((tensor) => tensor.name === name)?.values;
    this.gain.set(saved(GAIN) ?? [1]);
    for (let i = 0, found = saved(`${MEMBER}0`); found; found = saved(`${MEMBER}${++i}`))
      this.members.push(found.slice());
  }

  private ownDirection(): Float32Array {
    const member = this.members.length;
    if (this.drawn?.member !== member) {
      const random = Random.of(this.seed, 'leg', this.leg.leg, 'member', member);
      this.drawn = { member, direction: this.drawDirection(random) };
    }
    return this.drawn.direction;
  }

  private drawDirection(random: Random): Float32Array {
    const direction = drawDirection(this.layout, this.anchor, random);
    if (!this.free) return direction;
    applyMask(this.free, direction);
    const length = norm(direction);
    if (length > 0) scaleInPlace(1 / length, direction);
    return direction;
  }
}

/**
 * A random direction of length 1 in which every array of weights moves by the same part of its root mean square; running
 * statistics are no weights and stay.
 */
export function drawDirection(layout: Layout, anchor: Float32Array, random: Random): Float32Array {
  const direction = new Float32Array(layout.size);
  for (const entry of layout.entries) {
    if (entry.role === 'statistic') continue;
    const deviation = norm(viewOf(entry, anchor)) / Math.sqrt(entry.size);
    const part = viewOf(entry, direction);
    for (let i = 0; i < part.length; i++) part[i] = deviation * random.normal();
  }
  const length = norm(direction);
  if (length > 0) scaleInPlace(1 / length, direction);
  return direction;
}

/** Adds a vector, brought to a length, to another; one of no length has no direction and adds nothing. */
function addUnit(length: number, vector: Float32Array, to: Float32Array): void {
  const own = norm(vector);
  if (own > 0) axpy(length / own, vector, to);
}

import type { DiversifyObjective, Leg } from '../../../spec/experiment';
import { viewOf, type Layout } from '../../network/layout';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { asTensor } from '../../saved-vector';
import { applyMask, axpy, difference, distance, norm, scaleInPlace } from '../../vector';
import type { KeptFunction } from '../kept-function';
import type { SolverStep } from '../solvers/solver-step';
import { evasion } from './evasion';
import type { Objective } from './objective';

/**
 * Length of the evasive part of a move. On glyphs (three members of an MLP, arc length 20 in 40 steps, three seeds) the
 * accuracy together was 94.7 % with 1 and 94.6 % with 2, under PGD from the origin 62.2 % and 69.7 %; 4 cost accuracy.
 */
const EVASION = 2;
/** A move is made longer by this at most, for what the metric takes away of it. */
const LARGEST_GAIN = 10;

const MEMBER = 'objective.member.';
const GAIN = 'objective.gain';

/**
 * Find networks at the ends of separate paths from the anchor, all of one arc length. The move v of a step has parts of
 * length 1: a direction that the seed draws for the member, the way from the anchor, the mean of the ways from the members
 * before, and, where it is evasive, the direction in which attacks on all these networks carry over less, at length 2. Zeros that
 * are held stay. Flat is what the solver leaves of v: it bends it so that the function stays.
 */
export function diversify(spec: DiversifyObjective, leg: Leg, context: RunContext): Objective {
  return new Diversify(spec, leg, context);
}

class Diversify implements Objective {
  readonly members: Float32Array[] = [];
  /** Length of each step. */
  private readonly pace: number;
  private readonly kind: 'random' | 'evasive';
  /** |v| over |theta| at the last step: what the next move must be longer for the metric to leave the pace. */
  private readonly gain = Float32Array.of(1);
  private kept?: KeptFunction;
  /** The present member's own direction; redrawn after a resume. */
  private drawn?: { member: number; direction: Float32Array };

  constructor(
    spec: DiversifyObjective,
    private readonly leg: Leg,
    private readonly context: RunContext,
  ) {
    this.pace = spec.arc_length / leg.solver.steps;
    const readsTokens = context.network.vocabulary !== undefined;
    this.kind = spec.direction ?? (readsTokens ? 'random' : 'evasive');
  }

  begin(kept: KeptFunction): Promise<void> {
    this.kept = kept;
    return Promise.resolve();
  }

  private get anchor(): Float32Array {
    return this.kept?.anchor ?? new Float32Array();
  }

  async gradient(weights: Float32Array, step: number) {
    const { value, direction } = await this.direction(weights, step);
    return { value, gradient: direction.map((a) => -a) };
  }

  async direction(weights: Float32Array, step: number) {
    const direction = await this.ownDirection(weights, step);
    addUnit(1, difference(weights, this.anchor), direction);
    for (const member of this.members)
      addUnit(1 / this.members.length, difference(weights, member), direction);
    scaleInPlace((this.pace * (this.gain[0] ?? 1)) / norm(direction), direction);
    const others = [this.anchor, ...this.members].map((other) => distance(weights, other));
    return { value: Math.min(...others), direction };
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

  /** The member's own part of the move, of length 1. */
  private async ownDirection(weights: Float32Array, step: number): Promise<Float32Array> {
    const own = this.drawnDirection().slice();
    const { kept, context, members, anchor } = this;
    if (this.kind === 'random' || !kept) return own;
    const place = { weights, others: [anchor, ...members], leg: this.leg.leg, step };
    axpy(EVASION, await evasion(context, kept, place), own);
    if (context.free) applyMask(context.free, own);
    return own;
  }

  private drawnDirection(): Float32Array {
    const member = this.members.length;
    const { experiment, network } = this.context;
    if (this.drawn?.member !== member) {
      const random = Random.of(experiment.seed, 'leg', this.leg.leg, 'member', member);
      this.drawn = { member, direction: this.drawDirection(network.layout, random) };
    }
    return this.drawn.direction;
  }

  private drawDirection(layout: Layout, random: Random): Float32Array {
    const direction = drawDirection(layout, this.anchor, random);
    const { free } = this.context;
    if (!free) return direction;
    applyMask(free, direction);
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

import type { Leg, SparsifyObjective } from '../../../spec/experiment';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { asTensor, restoreInto } from '../../saved-vector';
import { difference, distance, norm } from '../../vector';
import { drawKept, type KeptFunction } from '../kept-function';
import { projectToSparsity } from '../project-to-sparsity';
import { emptiedBy, unreachable } from '../pruning/emptied';
import { importanceOf } from '../pruning/importance';
import { pruningOf, targetOf, zeroShare, type Pruning } from '../pruning/pruning';
import { rampedSparsity } from '../pruning/ramp';
import type { Objective } from './objective';

/** The importance of weights drifts slowly along a path; it is taken anew after so many steps. */
const IMPORTANCE_REFRESH = 5;

const IMPORTANCE = 'objective.importance';
const HELD_AT = 'objective.held_at';

/**
 * Move towards the nearest network whose share of zeros rises along a ramp, v = P(w) - w, P keeping the most important
 * weights (Raghavan et al., sparsification).
 */
export function sparsify(
  spec: SparsifyObjective,
  leg: Leg,
  index: number,
  context: RunContext,
): Objective {
  const pruning = pruningOf(spec, context.network.layout, `/path/${index}/objective`);
  return new Sparsify(spec, leg, index, context, pruning);
}

class Sparsify implements Objective {
  private readonly target: number;
  /** What |w| is multiplied by to rank it; absent where magnitudes are ranked. */
  private readonly importance?: Float32Array;
  private kept?: KeptFunction;
  /** The last step whose sparsity leaves something of every layer, once a further one would not. */
  private heldAt = Infinity;
  /** The share of zeros that the leg begins with: a ramp from below would have nothing to do. */
  private zerosBefore = 0;

  constructor(
    private readonly spec: SparsifyObjective,
    private readonly leg: Leg,
    private readonly index: number,
    private readonly context: RunContext,
    private readonly pruning: Pruning,
  ) {
    this.target = targetOf(pruning, spec.target);
    if (spec.rank_by === 'metric') this.importance = new Float32Array(context.network.layout.size);
  }

  async begin(kept: KeptFunction): Promise<void> {
    this.kept = kept;
    this.zerosBefore = zeroShare(this.pruning, kept.anchor);
    if (this.importance?.every((value) => value === 0)) await this.refresh(kept.anchor, 0);
  }

  async gradient(weights: Float32Array, step: number) {
    const { value, direction } = await this.direction(weights, step);
    return { value, gradient: direction.map((a) => -a) };
  }

  async direction(weights: Float32Array, step: number) {
    if (step > 0 && step % IMPORTANCE_REFRESH === 0) await this.refresh(weights, step);
    const direction = difference(this.aim(weights, step), weights);
    return { value: norm(direction), direction };
  }

  present(weights: Float32Array, walked: number): Float32Array {
    return walked === 0 ? weights : this.project(weights, this.sparsityAt(walked - 1));
  }

  projected(anchor: Float32Array): Float32Array {
    return this.project(anchor, this.target);
  }

  distanceToTarget(weights: Float32Array): number {
    return distance(weights, this.projected(weights));
  }

  state() {
    const { importance } = this;
    return [
      asTensor(HELD_AT, Float32Array.of(this.heldAt)),
      ...(importance ? [asTensor(IMPORTANCE, importance)] : []),
    ];
  }

  restore(tensors: Parameters<Objective['restore']>[0]): void {
    const heldAt = Float32Array.of(this.heldAt);
    restoreInto(heldAt, tensors, HELD_AT);
    this.heldAt = heldAt[0] ?? Infinity;
    if (this.importance) restoreInto(this.importance, tensors, IMPORTANCE);
  }

  /** The sparse network that a step heads for. The ramp ends where a higher sparsity would empty a layer. */
  private aim(weights: Float32Array, step: number): Float32Array {
    const isFirst = this.heldAt === Infinity;
    let projected = this.project(weights, this.sparsityAt(step));
    const emptied = emptiedBy(this.pruning, weights, projected);
    if (!emptied) return projected;
    while (this.sparsityAt(step) > 0 && emptiedBy(this.pruning, weights, projected)) {
      this.heldAt = Math.min(step, this.heldAt) - 1;
      projected = this.project(weights, this.sparsityAt(step));
    }
    if (isFirst) this.warn(emptied, step, zeroShare(this.pruning, projected));
    return projected;
  }

  private warn(emptied: string, step: number, reached: number): void {
    const { spec, leg, target, index } = this;
    const warning = unreachable({ emptied, reached, target });
    const key = spec.pattern === undefined ? 'target' : 'pattern';
    const pointer = `/path/${index}/objective/${key}`;
    this.context.host.emit({ event: 'warning', leg: leg.leg, step, pointer, ...warning });
  }

  private sparsityAt(step: number): number {
    const { spec, target, heldAt, leg, zerosBefore } = this;
    const at = Math.min(step, heldAt);
    const from = Math.max(spec.ramp_from, zerosBefore);
    return at < 0 ? 0 : rampedSparsity({ ...spec, target, ramp_from: from }, at, leg.solver.steps);
  }

  private project(weights: Float32Array, sparsity: number): Float32Array {
    return projectToSparsity(this.pruning, weights, sparsity, this.importance);
  }

  private async refresh(weights: Float32Array, step: number): Promise<void> {
    const { importance, kept, context, leg, pruning } = this;
    if (!importance || !kept) return;
    const { samples } = leg.solver;
    const drawn = await drawKept(kept, context, { leg: leg.leg, step, samples });
    const random = Random.of(context.experiment.seed, 'leg', leg.leg, 'importance', step);
    const from = { samples: drawn, distance: kept.distance };
    importance.set(await importanceOf(pruning, context, weights, from, random));
  }
}

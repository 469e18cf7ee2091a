import type { OgdBaseline } from '../../../spec/experiment';
import { linearise } from '../../geometry/linearisation';
import type { NamedTensor } from '../../host';
import { Random } from '../../random';
import { asTensor } from '../../saved-vector';
import { applyMask, difference } from '../../vector';
import { pickKept } from '../kept-function';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { taskTerm } from './fine-tune';
import { newRows } from '../keep/labelled-memory';
import { termsGradient } from '../losses/loss-terms';
import { addDirection, removeDirections } from './orthogonal-directions';

const DIRECTION = 'ogd.direction.';

/**
 * Orthogonal gradient descent. Gradients are projected before the optimiser sees them; since momentum and the scaling of
 * Adam turn what they make of them, so is the move.
 */
export function ogd(spec: OgdBaseline, setting: BaselineSetting): BaselineMethod {
  const { context } = setting;
  let directions: Float32Array[] = [];
  const descent = descend(setting, async (weights, step) => {
    const found = await termsGradient(context, weights, [taskTerm(setting, step)]);
    removeDirections(directions, found.gradient);
    return found;
  });
  return {
    ...descent,
    async begin(carried) {
      directions = savedDirections(carried);
      return gatherDirections(spec, setting, directions);
    },
    async step(weights, step) {
      const before = weights.slice();
      const value = await descent.step(weights, step);
      const move = difference(weights, before);
      removeDirections(directions, move);
      weights.forEach((_, i) => (weights[i] = (before[i] ?? 0) + (move[i] ?? 0)));
      return value;
    },
    state: () => [
      ...directions.map((direction, i) => asTensor(`${DIRECTION}${i}`, direction)),
      ...descent.state(),
    ],
    restore: (tensors, steps) => {
      directions = savedDirections(tensors);
      descent.restore(tensors, steps);
    },
  };
}

function savedDirections(tensors: readonly NamedTensor[]): Float32Array[] {
  return tensors
    .filter(({ name }) => name.startsWith(DIRECTION))
    .map(({ values }) => values.slice());
}

/** Adds, for samples of the memory, the gradient of the logit of their class. */
async function gatherDirections(
  spec: OgdBaseline,
  setting: BaselineSetting,
  directions: Float32Array[],
): Promise<boolean> {
  const { context, name, leg, memory } = setting;
  const random = Random.of(context.experiment.seed, 'baseline', name, leg.leg, 'directions');
  for (const row of newRows(setting, spec.directions, random)) {
    if (context.host.shouldStop()) return false;
    addDirection(directions, await logitGradient(setting, row, memory.labels[row] ?? 0));
  }
  return true;
}

async function logitGradient(
  { context, kept, anchor }: BaselineSetting,
  row: number,
  label: number,
): Promise<Float32Array> {
  const { backend, network, free } = context;
  return backend.scope(async () => {
    const input = backend.tensor(pickKept(kept.memory, [row]).inputs, [1, network.inputs]);
    const linearisation = linearise(backend, network, anchor, input);
    const oneHot = new Float32Array(network.outputs);
    oneHot[label] = 1;
    const gradient = await linearisation.vjp(backend.tensor(oneHot, [1, network.outputs]));
    if (free) applyMask(free, gradient);
    return gradient;
  });
}

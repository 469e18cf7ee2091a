import type { LoraBaseline } from '../../../spec/experiment';
import { Random } from '../../random';
import { asTensor, restoreInto } from '../../saved-vector';
import { createOptimizer } from '../optimizers';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { taskTerm } from './fine-tune';
import { adaptersOf, drawAdapters, mergeAdapters, pullBack } from './low-rank-adapters';
import { termsGradient } from '../losses/loss-terms';

const ADAPTERS = 'lora.adapters';

/** Low-rank adapters on all weight matrices. They are all that moves; at the end they are merged into the weights. */
export function lora(spec: LoraBaseline, setting: BaselineSetting): BaselineMethod {
  const { context, anchor, name, leg, steps } = setting;
  const adapters = adaptersOf(context.network.layout, spec);
  const random = Random.of(context.experiment.seed, 'baseline', name, leg.leg, 'adapters');
  const values = drawAdapters(adapters, random);
  const optimizer = createOptimizer(setting.optimizer, values.length, { updates: steps });
  return {
    steps,
    async step(weights, step) {
      const found = await termsGradient(context, weights, [taskTerm(setting, step)]);
      optimizer.update(values, pullBack(adapters, values, found.gradient));
      mergeAdapters(adapters, values, anchor, weights);
      return found.value;
    },
    state: () => [asTensor(ADAPTERS, values), ...optimizer.state()],
    restore: (tensors, done) => {
      restoreInto(values, tensors, ADAPTERS);
      optimizer.restore(tensors, done);
    },
  };
}

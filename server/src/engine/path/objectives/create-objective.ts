import type { Leg } from '../../../spec/experiment';
import { dataSetOf, type RunContext } from '../../run-context';
import { learntBy } from '../planned-legs';
import { targetOf, teacherOf } from '../other-networks';
import { diversify } from './diversify';
import { fit } from './fit';
import { learn } from './learn';
import type { Objective } from './objective';
import { reach } from './reach';
import { sparsify } from './sparsify';

/** The objective of a leg. */
export function createObjective(leg: Leg, index: number, context: RunContext): Objective {
  const { objective, solver } = leg;
  const { network, free } = context;
  const { layout } = network;
  switch (objective.type) {
    case 'sparsify':
      return sparsify(objective, leg, index, context);
    case 'learn': {
      const data = dataSetOf(context, learntBy(leg) ?? '', `/path/${index}/objective/on`);
      return learn(objective, leg, index, data, context);
    }
    case 'diversify':
      return diversify(objective, leg, context);
    case 'reach': {
      const { weights, warnings } = targetOf(objective, index, context);
      return reach(weights, layout, solver.steps, warnings, free);
    }
    case 'fit': {
      const data = dataSetOf(context, objective.on, `/path/${index}/objective/on`);
      return fit(objective, leg, data, context, teacherOf(objective, index, context));
    }
  }
}

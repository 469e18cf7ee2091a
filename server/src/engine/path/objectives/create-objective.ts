import type { Leg } from '../../../spec/experiment';
import { dataSetOf, type RunContext } from '../../run-context';
import { learntBy } from '../planned-legs';
import { learn } from './learn';
import type { Objective } from './objective';
import { sparsify } from './sparsify';

/** The objective of a leg. */
export function createObjective(leg: Leg, index: number, context: RunContext): Objective {
  const { objective } = leg;
  switch (objective.type) {
    case 'sparsify':
      return sparsify(objective, leg, index, context);
    case 'learn': {
      const data = dataSetOf(context, learntBy(leg) ?? '', `/path/${index}/objective/on`);
      return learn(objective, leg, data, context);
    }
  }
}

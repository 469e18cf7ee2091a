/** The name of a data set with tasks stands for those that are left to learn, so some must be. */
import { specError } from '../spec-diagnostic';
import { alternatives } from '../words';
import type { Rule } from './rule';

export const learnsSomething: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer, objective, learnt }) => {
    const on = [objective['on']].flat();
    const sources = facts.sources.filter(
      ({ name, tasks }) => tasks.length > 0 && on.includes(name),
    );
    if (sources.length === 0 || learnt.length > 0) return [];
    const names = alternatives(
      sources.map(({ name }) => name),
      'and',
    );
    const message = `Nothing is left to learn: training or \`keep\` has all tasks of ${names}. Leave some out there, or name the tasks to learn.`;
    return [
      specError('fip/nothing-to-learn', document.rangeOf(`${pointer}/objective/on`), message),
    ];
  });

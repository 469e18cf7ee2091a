/** Members of an ensemble have paths of one length, and only the geodesic solver's steps can be given theirs. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const diversify: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer, objective, solver }) => {
    if (objective['type'] !== 'diversify') return [];
    if (solver['type'] === 'penalty') {
      const range = document.rangeOf(`${pointer}/solver/type`);
      const message =
        '`diversify` gives each step its length, which only the solver `geodesic` can take. Write `type: geodesic`.';
      return [specError('fip/diversify-needs-geodesic', range, message)];
    }
    if (solver['step_size'] === undefined) return [];
    const range = document.rangeOf(`${pointer}/solver/step_size`, 'key');
    const message =
      '`step_size` is not read: the steps of `diversify` have the length `arc_length` divided by `steps`. Remove it, and change those two instead.';
    return [specError('fip/step-size-not-read', range, message, { severity: 'warning' })];
  });

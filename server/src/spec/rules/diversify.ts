/**
 * Members of an ensemble have paths of one length, and only the geodesic solver's steps can be given theirs. They evade
 * attacks by gradients that networks which read tokens have not.
 */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { Rule, RuleContext } from './rule';

export const diversify: Rule = (context) => [...lengths(context), ...evades(context)];

function evades({ document, facts }: RuleContext): SpecDiagnostic[] {
  if (facts.model.architecture !== 'bert') return [];
  const evasive = facts.legs.filter(({ objective }) => objective['direction'] === 'evasive');
  return evasive.map(({ pointer }) => {
    const range = document.rangeOf(`${pointer}/objective/direction`);
    const message =
      '`evasive` follows gradients by the inputs, and `bert` reads numbers of tokens, which have none. Write `direction: random`.';
    return specError('fip/evasive-reads-tokens', range, message);
  });
}

const lengths: Rule = ({ document, facts }) =>
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

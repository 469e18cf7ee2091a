/** Each leg has a name of its own. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import { moments } from './known-legs';
import type { Rule } from './rule';

export const legNames: Rule = ({ document, facts }) => {
  const first = new Map<string, string>();
  return facts.legs.flatMap(({ pointer, name }): SpecDiagnostic[] => {
    if (name === undefined) return [];
    const range = document.rangeOf(`${pointer}/leg`);
    if (moments.includes(name)) {
      const message = `A leg cannot be called \`${name}\`: expectations use \`at: ${name}\` for the ${name} of the path. Take another name.`;
      return [specError('fip/reserved-name', range, message)];
    }
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, pointer);
      return [];
    }
    const message = `Two legs are called \`${name}\`. Expectations and results could not tell them apart: rename one.`;
    const related = [{ message: 'The first one.', range: document.rangeOf(`${earlier}/leg`) }];
    return [specError('fip/duplicate-leg', range, message, { related })];
  });
};

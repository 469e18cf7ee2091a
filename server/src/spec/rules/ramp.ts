/** The sparsity rises along a sparsify leg. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const ramp: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer, objective }) => {
    const { target, ramp_from: from } = objective;
    const place = `${pointer}/objective/ramp_from`;
    // A default that is too high gives way; only what the user wrote can contradict itself.
    if (typeof target !== 'number' || typeof from !== 'number' || !document.has(place)) return [];
    if (from < target) return [];
    const message = `The sparsity rises from \`ramp_from\` to \`target\`, but \`ramp_from\` is ${from} and \`target\` is ${target}. Write a \`ramp_from\` below the target, or leave it out.`;
    return [specError('fip/ramp', document.rangeOf(place), message)];
  });

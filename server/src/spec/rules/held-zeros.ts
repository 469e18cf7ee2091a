/** Zeros are held, or freed, once a leg has made some. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const heldZeros: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer }, i) => {
    const place = `${pointer}/zeros`;
    const before = facts.legs.slice(0, i);
    if (!document.has(place) || before.some(({ objective }) => objective['type'] === 'sparsify'))
      return [];
    const message =
      '`zeros` says what becomes of the zeros of earlier `sparsify` legs, and there is none before this leg. Remove it.';
    const more = { severity: 'information', unnecessary: true } as const;
    return [specError('fip/no-zeros', document.rangeOf(place), message, more)];
  });

/** Only images can be turned, shifted and flipped. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const augment: Rule = ({ document, facts, known }) =>
  facts.legs.flatMap(({ pointer, keep, kept, pooled }) => {
    if (keep['augment'] === undefined) return [];
    const name = [...kept, ...pooled]
      .map((reference) => reference.name)
      .find((data) => isNoImage(known.get(data)?.inputShape));
    if (name === undefined) return [];
    const message = `Only images can be augmented, and the samples of \`${name}\` are none. Remove \`augment\`.`;
    return [
      specError('fip/augment-needs-images', document.rangeOf(`${pointer}/keep/augment`), message),
    ];
  });

function isNoImage(shape: readonly number[] | undefined): boolean {
  return shape !== undefined && (shape.length < 2 || shape.length > 3);
}

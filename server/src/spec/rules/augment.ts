/** Only images can be turned, shifted and flipped; only texts have words to drop. */
import { childPointer } from '../json-pointer';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import { alternatives, shown } from '../words';
import type { Rule, RuleContext } from './rule';

const textWays = ['drop', 'rotate', 'splice'];

export const augment: Rule = (context) =>
  context.facts.legs.flatMap((leg) => {
    const ways: unknown[] = Array.isArray(leg.keep['augment']) ? leg.keep['augment'] : [];
    return ways.flatMap((way, i) => {
      const pointer = childPointer(`${leg.pointer}/keep/augment`, i);
      return textWays.includes(String(way))
        ? needsTexts(context, leg, String(way), pointer)
        : needsImages(context, leg, String(way), pointer);
    });
  });

function needsImages(
  { document, known }: RuleContext,
  { kept, pooled }: LegFact,
  way: string,
  pointer: string,
): SpecDiagnostic[] {
  const other = [...kept, ...pooled].find(({ name }) => isNoImage(known.get(name)?.inputShape));
  if (!other) return [];
  const isText = known.get(other.name)?.vocabulary !== undefined;
  const cure = isText ? `Texts are changed by ${alternatives(textWays)}.` : 'Remove it.';
  const message = `\`${shown(way)}\` changes images, and the samples of \`${other.name}\` are none. ${cure}`;
  return [specError('fip/augment-needs-images', document.rangeOf(pointer), message)];
}

function isNoImage(shape: readonly number[] | undefined): boolean {
  return shape !== undefined && (shape.length < 2 || shape.length > 3);
}

/** Tables may hold token numbers, too: what counts is whether the network reads them as such. */
function needsTexts(
  { document, facts }: RuleContext,
  { kept, pooled }: LegFact,
  way: string,
  pointer: string,
): SpecDiagnostic[] {
  const { architecture } = facts.model;
  if (architecture === undefined || architecture === 'bert') return [];
  const formats = new Map(facts.data.map(({ name, value }) => [name, value['format']]));
  const other = [...kept, ...pooled].find(({ name }) => isOther(formats.get(name)));
  if (!other) return [];
  const message = `\`${way}\` changes texts, and the samples of \`${other.name}\` are none. Remove it.`;
  return [specError('fip/augment-needs-texts', document.rangeOf(pointer), message)];
}

const isOther = (format: unknown): boolean => format !== undefined && format !== 'text';

import type { Random } from '../random';
import { drop } from './augment/text/drop';
import { rotate } from './augment/text/rotate';
import { sentenceOf, type SpecialTokens, type TextAugmentation } from './augment/text/sentences';
import { splice } from './augment/text/splice';
import type { AugmentationName } from './augmentations';

export type TextWay = Extract<AugmentationName, 'drop' | 'rotate' | 'splice'>;

/** The augmentations of texts by the names that specs give them. */
const TEXT_WAYS: Readonly<Record<TextWay, TextAugmentation>> = { drop, rotate, splice };

export function isTextWay(name: AugmentationName): name is TextWay {
  return Object.hasOwn(TEXT_WAYS, name);
}

/**
 * Texts after these augmentations, one after the other; a new array. Special tokens stay where they are, and padding goes to
 * the end.
 * @param tokens rows of `length` token numbers
 */
export function augmentedTexts(
  tokens: Float32Array,
  length: number,
  special: SpecialTokens,
  names: readonly TextWay[],
  random: Random,
): Float32Array {
  const rows = Array.from({ length: tokens.length / length }, (_, i) =>
    sentenceOf(tokens.subarray(i * length, (i + 1) * length), special),
  );
  for (const name of names) {
    const words = TEXT_WAYS[name](rows, random);
    rows.forEach((row, i) => (row.words = words[i] ?? row.words));
  }
  const changed = new Float32Array(tokens.length);
  rows.forEach(({ before, words, after }, i) => {
    // A spliced part of a row without special tokens may be longer than what has place beside those of this one.
    const place = length - before.length - after.length;
    const cut = words.subarray(0, place);
    changed.set(before, i * length);
    changed.set(cut, i * length + before.length);
    changed.set(after, i * length + before.length + cut.length);
  });
  return changed;
}

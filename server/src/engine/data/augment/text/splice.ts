import { concatenated } from '../../../vector';
import type { TextAugmentation } from './sentences';

/**
 * The first part of each text and the last part of another, cut at the same share of their words, drawn evenly: so the
 * result is no longer than the longer of the two.
 */
export const splice: TextAugmentation = (sentences, random) => {
  const others = random.permutation(sentences.length);
  return sentences.map(({ words }, i) => {
    const other = sentences[others[i] ?? i]?.words ?? words;
    const share = random.next();
    const cut = (of: Float32Array) => Math.round(share * of.length);
    return concatenated([words.subarray(0, cut(words)), other.subarray(cut(other))]);
  });
};

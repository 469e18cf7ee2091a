import { concatenated } from '../../../vector';
import { sentenceBySentence } from './sentences';

/** The words in a circle, begun at a random one. */
export const rotate = sentenceBySentence((words, random) => {
  if (words.length === 0) return words;
  const first = random.integer(words.length);
  return concatenated([words.subarray(first), words.subarray(0, first)]);
});

import { sentenceBySentence } from './sentences';

/** Part of the words that is dropped, on average. */
const DROPPED = 0.15;

/** Each word is dropped with a probability of 0.15; one at least is left. */
export const drop = sentenceBySentence((words, random) => {
  const left = words.filter(() => random.next() >= DROPPED);
  if (left.length > 0 || words.length === 0) return left;
  const survivor = random.integer(words.length);
  return words.slice(survivor, survivor + 1);
});

/** A data set that nothing refers to is not read. */
import { didYouMean } from '../did-you-mean';
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const unusedData: Rule = ({ document, facts }) => {
  const measured = facts.expectations.map(({ value }) => value['on']);
  const used = new Set<unknown>([...facts.uses.map(({ name }) => name), ...measured]);
  const names = facts.data.map(({ name }) => name);
  // A name that is misspelt where it is used, or where it is given, is one mistake, which is told at its uses.
  const meant = new Set(
    [...used].flatMap((use) =>
      typeof use === 'string' && !names.includes(use) ? [didYouMean(use, names)] : [],
    ),
  );
  return facts.sources
    .filter(({ name, tasks }) => ![name, ...tasks].some((one) => used.has(one) || meant.has(one)))
    .map(({ name, pointer }) =>
      specError(
        'fip/unused-data',
        document.rangeOf(pointer, 'key'),
        `The data set \`${name}\` is not used: nothing trains on it, learns it, keeps it, draws from it or measures on it.`,
        { severity: 'warning', unnecessary: true },
      ),
    );
};

/** A data set that nothing refers to is not read. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const unusedData: Rule = ({ document, facts }) => {
  const measured = facts.expectations.map(({ value }) => value['on']);
  const used = new Set<unknown>([...facts.uses.map(({ name }) => name), ...measured]);
  return facts.sources
    .filter(({ name, tasks }) => ![name, ...tasks].some((one) => used.has(one)))
    .map(({ name, pointer }) =>
      specError(
        'fip/unused-data',
        document.rangeOf(pointer, 'key'),
        `The data set \`${name}\` is not used: nothing trains on it, learns it, keeps it, draws from it or measures on it.`,
        { severity: 'warning', unnecessary: true },
      ),
    );
};

/** A pool of the data that is kept anyway would make all of it the memory. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const pool: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ kept, pooled }) =>
    pooled
      .filter(({ name }) => kept.some((own) => own.name === name))
      .map(({ name, pointer }) => {
        const message = `\`${name}\` is kept by this leg already: as a pool, its whole training split would be the memory. Take another data set, or leave \`memory\` out instead.`;
        const range = document.rangeOf(pointer);
        return specError('fip/pool-is-kept', range, message, { severity: 'warning' });
      }),
  );

/** A metric that is written out has a row for each output of each sample. */
import { specError } from '../spec-diagnostic';
import { mostInMemory } from './memory-size';
import type { Rule } from './rule';

/** Rows that can be factorised in half a minute, in 128 MB. */
const MOST_ROWS = 4000;

export const gramSize: Rule = (context) => {
  const { document, facts } = context;
  const { classes } = facts;
  if (classes === undefined) return [];
  return facts.legs.flatMap((leg) => {
    const { method, samples } = leg.solver;
    if (method !== 'gram' || typeof samples !== 'number') return [];
    const isRepeated = leg.keep['augment'] !== undefined || leg.keep['pool'] !== undefined;
    const there = isRepeated ? Infinity : mostInMemory(context, leg);
    if (there === undefined) return [];
    const drawn = Math.min(samples, there);
    const rows = drawn * classes;
    if (rows <= MOST_ROWS) return [];
    const most = Math.max(1, Math.floor(MOST_ROWS / classes));
    const message = `\`method: gram\` would factorise a matrix of ${rows.toLocaleString('en')} rows at each step: ${drawn.toLocaleString('en')} samples times ${classes} outputs. Write \`samples: ${most}\` or less, or \`method: cg\`.`;
    const range = document.rangeOf(`${leg.pointer}/solver/method`);
    return [specError('fip/gram-too-large', range, message)];
  });
};

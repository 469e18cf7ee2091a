/** The head has an output for every label. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const labelsFit: Rule = ({ document, facts, known }) => {
  const { classes } = facts;
  if (classes === undefined) return [];
  const pooled = new Set(facts.legs.flatMap((leg) => leg.pooled));
  const labelled = facts.uses.filter((use) => !pooled.has(use));
  const measured = facts.expectations.map(({ value }) => value['on']);
  const used = new Set<unknown>([...labelled.map(({ name }) => name), ...measured]);
  const largestOf = (name: string) => known.get(name)?.largestLabel ?? -1;
  return facts.sources.flatMap(({ name: source, pointer, value, tasks }) => {
    // Of several tasks the one with the largest label tells how many outputs there must be.
    const names = (tasks.length > 0 ? tasks : [source]).filter((name) => used.has(name));
    const [name = source] = names.sort((a, b) => largestOf(b) - largestOf(a));
    const largest = largestOf(name);
    if (names.length === 0 || largest < classes) return [];
    const offset = value['label_offset'];
    const shifted =
      typeof offset === 'number' && offset > 0 ? `, its offset of ${offset} included` : '';
    const message = `The labels of \`${name}\` go up to ${largest}${shifted}, but the model has ${classes} outputs (0 to ${classes - 1}). Write \`classes: ${largest + 1}\` or more.`;
    const part = document.has(`${pointer}/label_offset`) ? `${pointer}/label_offset` : pointer;
    const related = [
      { message: 'The outputs of the model.', range: document.rangeOf('/model/classes') },
    ];
    const range = document.rangeOf(part, part === pointer ? 'key' : 'value');
    return [specError('fip/labels-outside-head', range, message, { related })];
  });
};

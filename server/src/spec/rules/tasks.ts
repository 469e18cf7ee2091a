/** A data set can be made into the tasks that the spec asks for. */
import { isRecord } from '../schema-node';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { SourceFact } from '../spec-facts';
import { shown } from '../words';
import type { Rule, RuleContext } from './rule';

export const tasks: Rule = (context) =>
  context.facts.sources.flatMap((source) => {
    const split = source.value['tasks'];
    if (!isRecord(split)) return [];
    return [...namesFree(context, source), ...splitFits(context, source, split)];
  });

/** The names of tasks are names of data sets, too. */
function namesFree({ document, facts }: RuleContext, source: SourceFact): SpecDiagnostic[] {
  return facts.sources
    .filter(({ name }) => source.tasks.includes(name))
    .map(({ name, pointer }) => {
      const message = `\`${name}\` is a task of \`${source.name}\` already. Take another name.`;
      const range = document.rangeOf(`${source.pointer}/tasks`, 'key');
      const related = [{ message: `The tasks of \`${source.name}\`.`, range }];
      return specError('fip/task-name', document.rangeOf(pointer, 'key'), message, { related });
    });
}

function splitFits(
  context: RuleContext,
  source: SourceFact,
  split: Record<string, unknown>,
): SpecDiagnostic[] {
  const problem = (part: string, message: string) => {
    const range = context.document.rangeOf(`${source.pointer}/tasks${part}`, 'focus');
    return [specError('fip/tasks', range, message)];
  };
  if (split['by'] === 'permutation' && source.value['format'] === 'text')
    return problem(
      '/by',
      'A text whose words stand in another order is no text. Use `by: classes`.',
    );
  if (split['by'] !== 'classes') return [];
  const { count, groups } = split;
  if (count === undefined && groups === undefined)
    return problem(
      '',
      '`tasks` needs `count`, the number of tasks, or `groups`, the classes of each.',
    );
  if (count !== undefined && groups !== undefined)
    return problem('/count', '`tasks` takes `count` or `groups`, not both. Remove one.');
  const { classes } = context.known.get(source.name) ?? {};
  if (classes === undefined) return [];
  return groups === undefined
    ? countFits(Number(count), classes, problem)
    : groupsFit(groups, classes, problem);
}

type Problem = (part: string, message: string) => SpecDiagnostic[];

function countFits(count: number, { length }: readonly number[], problem: Problem) {
  if (length % count === 0) return [];
  const divisors = Array.from({ length }, (_, i) => i + 1).filter((n) => n > 1 && length % n === 0);
  const message = `${length} classes cannot be shared out evenly among ${count} tasks. Write ${either(divisors)}, or name the classes of each task in \`groups\`.`;
  return problem('/count', message);
}

/** Each class belongs to one task, and occurs. */
function groupsFit(groups: unknown, classes: readonly number[], problem: Problem) {
  const seen = new Map<unknown, number>();
  const lists = Array.isArray(groups) ? groups.filter((group) => Array.isArray(group)) : [];
  return lists.flatMap((group: unknown[], i) =>
    group.flatMap((label, j) => {
      const place = `/groups/${i}/${j}`;
      const before = seen.get(label);
      if (!seen.has(label)) seen.set(label, i);
      if (before !== undefined && before !== i)
        return problem(
          place,
          `Task ${before + 1} has the class ${shown(label)} already. Remove it from one of them.`,
        );
      if (typeof label !== 'number' || classes.includes(label)) return [];
      const message = `No sample has the label ${label}; they go from ${classes[0]} to ${classes.at(-1)}. Remove it.`;
      return problem(place, message);
    }),
  );
}

const either = (numbers: readonly number[]) =>
  numbers.length < 2 ? numbers.join() : `${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}`;

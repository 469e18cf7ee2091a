/** What is known of the tasks of a data set before they are made. */
import { classGroups, type TaskSplit } from '../protocol/task-sets';
import type { DataKnowledge } from './data-inspector';
import type { SourceFact } from './spec-facts';

/** What is known of an entry of `data` and of each data set that it becomes, by name. */
export function knownOf(
  { name, value, tasks }: SourceFact,
  whole: DataKnowledge | undefined,
): [name: string, known: DataKnowledge][] {
  if (!whole) return [];
  if (tasks.length === 0) return [[name, whole]];
  const split = value['tasks'] as TaskSplit & { labels?: string };
  const offset = Number(value['label_offset'] ?? 0);
  const groups = split.by === 'classes' ? groupsOf(split, whole) : undefined;
  const ofTask = (i: number) =>
    split.by === 'classes' ? ofClasses(whole, groups?.[i], split.labels, offset) : whole;
  return [[name, whole], ...tasks.map((task, i): [string, DataKnowledge] => [task, ofTask(i)])];
}

/** The classes of each task, where they are well typed and known. */
export function groupsOf(
  split: TaskSplit,
  { classes }: DataKnowledge,
): readonly (readonly number[])[] | undefined {
  if (!split.groups && !classes) return undefined;
  const groups = classGroups(split, classes ?? []);
  const isSound = groups?.every((group) => Array.isArray(group) && group.every(Number.isInteger));
  return isSound ? groups : undefined;
}

/** How many samples a task has only a reading would tell. */
function ofClasses(
  {
    trainCount: _train,
    testCount: _test,
    largestLabel: _largest,
    classes: _all,
    ...rest
  }: DataKnowledge,
  classes: readonly number[] | undefined,
  labels: string | undefined,
  offset: number,
): DataKnowledge {
  if (!classes || classes.length === 0) return rest;
  const largest = labels === 'shared' ? classes.length - 1 : Math.max(...classes);
  return { ...rest, largestLabel: largest + offset, classes: [...classes] };
}

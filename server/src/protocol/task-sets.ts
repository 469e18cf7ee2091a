/**
 * How a data set with `tasks` becomes several. Pure and shared: the checks of a spec and the engine must find the same
 * names and the same classes.
 */

/** What a spec says of the tasks of a data set. */
export interface TaskSplit {
  by: 'classes' | 'permutation';
  count?: number;
  groups?: readonly (readonly number[])[];
}

/** No experiment has more; a slip of the finger must not make a million names. */
const MOST_TASKS = 1000;

/** `mnist-1` to `mnist-5` of a data set `mnist` with five tasks; none where `tasks` is no such thing yet. */
export function taskNames(name: string, tasks: unknown): string[] {
  const count = taskCount(tasks);
  return Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}

function taskCount(tasks: unknown): number {
  if (typeof tasks !== 'object' || tasks === null) return 0;
  const { count, groups } = tasks as Record<string, unknown>;
  const found = Array.isArray(groups) ? groups.length : count;
  return Number.isInteger(found) && Number(found) <= MOST_TASKS ? Math.max(0, Number(found)) : 0;
}

/**
 * The classes of each task, as the file numbers them (before `label_offset`).
 * @param classes the classes that occur, in order
 * @returns undefined where so many classes cannot be shared out evenly
 */
export function classGroups(
  { count = 0, groups }: Pick<TaskSplit, 'count' | 'groups'>,
  classes: readonly number[],
): readonly (readonly number[])[] | undefined {
  if (groups) return groups;
  const size = classes.length / count;
  if (!Number.isInteger(size) || size < 1) return undefined;
  return Array.from({ length: count }, (_, i) => classes.slice(i * size, (i + 1) * size));
}

/** The data set of the spec that a data set of the run comes from: itself, or the one it is a task of. */
export function sourceOf(name: string, data: Readonly<Record<string, object>>): string {
  if (Object.hasOwn(data, name)) return name;
  const found = Object.entries(data).find(([source, { tasks }]: [string, { tasks?: unknown }]) =>
    taskNames(source, tasks).includes(name),
  );
  return found?.[0] ?? name;
}

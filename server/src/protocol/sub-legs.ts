/**
 * A leg that learns several tasks is walked as several legs, one a task. Pure and shared: the checks of a spec, the engine
 * and everything that shows legs must find the same ones.
 */

/** A leg as it is walked. */
export interface SubLeg {
  /** `LEG:TASK` where the leg of the spec has several tasks, else the name of the leg. */
  name: string;
  /** The task that is learnt. */
  learns?: string;
  /** The data sets whose outputs are kept. */
  kept: string[];
}

/** The name that the spec has for a leg that is walked. */
export function writtenLeg(name: string): string {
  return name.split(':', 1)[0] ?? name;
}

/** Whether a walked leg is one of those that a name of the spec means. */
export function isPartOf(name: string, written: string | undefined): boolean {
  return name === written || writtenLeg(name) === written;
}

/**
 * The tasks that a leg learns, in order.
 * @param on as the spec has it; the name of a data set with tasks stands for those that are not had yet
 * @param tasks the tasks of each data set that has any
 * @param had data sets that are kept or were trained on
 */
export function tasksToLearn(
  on: readonly string[],
  tasks: ReadonlyMap<string, readonly string[]>,
  had: readonly string[],
): string[] {
  const names = on.flatMap(
    (name) => tasks.get(name)?.filter((task) => !had.includes(task)) ?? [name],
  );
  return [...new Set(names)];
}

/** The legs that a leg is walked as: what one has learnt, the next ones keep. */
export function subLegs(leg: string, learns: readonly string[], kept: readonly string[]): SubLeg[] {
  const [only] = learns;
  if (learns.length < 2)
    return [{ name: leg, ...(only !== undefined && { learns: only }), kept: [...kept] }];
  return learns.map((task, i) => ({
    name: `${leg}:${task}`,
    learns: task,
    kept: [...new Set([...kept, ...learns.slice(0, i)])],
  }));
}

import type { Experiment } from '../spec/experiment';

/** The data sets that a spec uses as pools alone: their labels mean nothing and need not fit the head. */
export function unlabelledData({ start, path, expect }: Experiment): ReadonlySet<string> {
  const unlabelled = new Set(path.flatMap(({ keep }) => keep.pool?.on ?? []));
  const labelled = [
    ...(start.train ? [start.train.on] : []),
    ...path.flatMap(({ keep, objective }) => [keep.on, 'on' in objective ? objective.on : []]),
    ...expect.map(({ on }) => on ?? []),
  ];
  for (const name of labelled.flat(2)) unlabelled.delete(name);
  return unlabelled;
}

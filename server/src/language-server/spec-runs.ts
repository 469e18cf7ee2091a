/** The runs of specs, as the features of the server need them. */
import type { LatestRun } from '../language/latest-run';
import type { RunService, RunServiceOptions } from '../runs/run-service';
import type { CheckedSpec } from '../spec/check-spec';
import { experimentHash } from '../spec/experiment-hash';

/** The part of the run service that the server uses. */
export type Runs = Pick<
  RunService,
  | 'start'
  | 'stop'
  | 'resume'
  | 'rename'
  | 'delete'
  | 'export'
  | 'list'
  | 'events'
  | 'rows'
  | 'latest'
  | 'load'
  | 'dispose'
>;

/** Makes the run service, telling it whom to tell. */
export type MakeRuns = (
  listener: Pick<RunServiceOptions, 'onChanged' | 'onEvents' | 'onDeleted'>,
) => Runs;

/** The newest run of a spec. A spec with errors computes nothing, so its results are stale. */
export function latestRun(
  runs: Runs,
  { document, experiment }: CheckedSpec,
): LatestRun | undefined {
  const latest = runs.latest(document.uri);
  if (!latest) return undefined;
  const stale = !experiment || experimentHash(experiment) !== latest.summary.experimentHash;
  return { ...latest, stale };
}

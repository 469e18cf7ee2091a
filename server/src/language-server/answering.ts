/** How the features of language/ are given what they work on. */
import type { LatestRun } from '../language/latest-run';
import type { CheckedSpec } from '../spec/check-spec';
import type { OpenSpecs } from './open-specs';
import type { Safely } from './safely';
import { latestRun } from './spec-runs';
import type { Runs } from './spec-runs';

interface OfDocument {
  textDocument: { uri: string };
}

/** Makes the handler of a request about one spec: `none` where it is not open, or where the work has a fault. */
export type Answering = <Params extends OfDocument, Result>(
  what: string,
  none: Result,
  work: (
    checked: CheckedSpec,
    params: Params,
    run: LatestRun | undefined,
  ) => Result | Promise<Result>,
) => (params: Params) => Promise<Result>;

/** Answers requests from the checked spec and its latest run. */
export function makeAnswering(specs: OpenSpecs, runs: Runs, safely: Safely): Answering {
  return (what, none, work) => (params) =>
    safely(what, none, async () => {
      const checked = await specs.checked(params.textDocument.uri);
      return checked ? work(checked, params, latestRun(runs, checked)) : none;
    });
}

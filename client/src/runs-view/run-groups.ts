/** The runs of the workspace by experiment. Pure. */
import type { RunSummary } from '../../../server/src/protocol/messages';

/** An experiment and its runs, newest first. */
export interface ExperimentNode {
  kind: 'experiment';
  uri: string;
  name: string;
  runs: readonly RunNode[];
}

export interface RunNode {
  kind: 'run';
  summary: RunSummary;
}

export type RunsNode = ExperimentNode | RunNode;

/** The experiments with runs, the one that ran last first. An experiment has the name that its newest run had. */
export function groupRuns(summaries: Iterable<RunSummary>): ExperimentNode[] {
  const newestFirst = [...summaries].sort((a, b) => b.started.localeCompare(a.started));
  const groups = new Map<string, RunSummary[]>();
  for (const summary of newestFirst) {
    const group = groups.get(summary.uri);
    if (group) group.push(summary);
    else groups.set(summary.uri, [summary]);
  }
  return [...groups].map(([uri, runs]) => ({
    kind: 'experiment',
    uri,
    name: runs[0]?.name ?? '',
    runs: runs.map((summary) => ({ kind: 'run', summary })),
  }));
}

import type { RunNode, RunsNode } from '../runs-view/run-groups';

/** Whether a command was called on a run of the Runs view. */
export function isRunNode(value: unknown): value is RunNode {
  return isNode(value) && value.kind === 'run';
}

export function isNode(value: unknown): value is RunsNode {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'run' || value.kind === 'experiment';
}

/** The runs that a command of the Runs view is about: those that are selected, or the one that was clicked. */
export function nodesOf(clicked: unknown, selected: unknown): RunNode[] {
  const all: unknown[] =
    Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  return all.filter(isRunNode);
}

/** What can be done with a spec, above its first key and its expectations. */
import type { CodeLens, Range } from 'vscode-languageserver';
import type { CheckedSpec } from '../spec/check-spec';
import { outcomeOf } from './expectation-outcome';
import { isLiving } from './latest-run';
import type { LatestRun } from './latest-run';

/** The lenses of a spec with its latest run. Their commands take the URI of the spec. */
export function codeLenses(checked: CheckedSpec, run?: LatestRun): CodeLens[] {
  return [...ofSpec(checked, run), ...(run ? ofExpectations(checked, run) : [])];
}

/** Run or Stop, and Show results where there are some. */
function ofSpec({ document }: CheckedSpec, run?: LatestRun): CodeLens[] {
  const key = document.has('/fip') ? document.rangeOf('/fip', 'key') : firstLine;
  const act =
    run && isLiving(run)
      ? lens(key, '$(debug-stop) Stop', 'fip.stop', document.uri)
      : lens(key, '$(play) Run', 'fip.run', document.uri);
  return [
    act,
    ...(run ? [lens(key, '$(graph) Show results', 'fip.showResults', document.uri)] : []),
  ];
}

/** How many expectations hold, of those that the run has come to. */
function ofExpectations({ document, facts }: CheckedSpec, run: LatestRun): CodeLens[] {
  const judged = facts.expectations.flatMap((expectation) => outcomeOf(expectation, run) ?? []);
  if (judged.length === 0 || !document.has('/expect')) return [];
  const held = judged.filter(({ passed }) => passed).length;
  const icon = held === judged.length ? '$(pass)' : '$(error)';
  const title = `${icon} ${held} of ${judged.length} ${judged.length === 1 ? 'holds' : 'hold'}${run.stale ? ' (stale)' : ''}`;
  return [lens(document.rangeOf('/expect', 'key'), title, 'fip.showResults', document.uri)];
}

const lens = (range: Range, title: string, command: string, uri: string): CodeLens => ({
  range,
  command: { title, command, arguments: [uri] },
});

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

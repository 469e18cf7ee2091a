/** What can be done with a spec, above its first key. */
import type { CodeLens } from 'vscode-languageserver';
import type { SpecDocument } from '../spec/spec-document';
import { isLiving } from './latest-run';
import type { LatestRun } from './latest-run';

/** Run or Stop, and Show results where there are some. The commands take the URI of the spec. */
export function codeLenses(document: SpecDocument, run?: LatestRun): CodeLens[] {
  const key = document.has('/fip') ? document.rangeOf('/fip', 'key') : firstLine;
  const lens = (title: string, command: string): CodeLens => ({
    range: key,
    command: { title, command, arguments: [document.uri] },
  });
  const act =
    run && isLiving(run) ? lens('$(debug-stop) Stop', 'fip.stop') : lens('$(play) Run', 'fip.run');
  return [act, ...(run ? [lens('$(graph) Show results', 'fip.showResults')] : [])];
}

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Small specs with a cursor `<|>` or ranges `[|...|]`, and runs to show beside them. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from 'vscode-languageserver-textdocument';
import type { Metrics, RunEvent } from '../../server/src/protocol/generated';
import type { RunSummary } from '../../server/src/protocol/messages';
import { foldEvents } from '../../server/src/protocol/run-view';
import type { LatestRun } from '../../server/src/language/latest-run';
import { checkSpec } from '../../server/src/spec/check-spec';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import { dataFiles } from '../../server/src/spec/data-inspector';
import { parseSpec } from '../../server/src/spec/parse';
import type { SpecDocument } from '../../server/src/spec/spec-document';

export const uri = 'file:///somewhere/test.fip.yaml';

/** A valid spec, in which tests replace what they are about. */
export const validSpec = `fip: 1
name: sparsify-glyphs
data:
  glyphs: {format: glyphs, train: 2000}
model: {architecture: mlp, hidden: [30, 20], classes: 10}
start:
  train: {on: glyphs, epochs: 2}
path:
  - leg: prune
    objective: {type: sparsify, target: 0.8}
    keep: {on: glyphs, memory: 500}
    solver: {type: geodesic, steps: 10}
expect:
  - {metric: accuracy, on: glyphs, at_least: 0.9}
  - {metric: sparsity, at_least: 0.8}
`;

/** The text without its cursor, and where it stood. */
export function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('<|>');
  if (offset < 0) throw new Error('The text has no <|>.');
  return { text: marked.replace('<|>', ''), offset };
}

/** The text without its range markers, and what they held, in order. */
export function withRanges(marked: string): {
  text: string;
  ranges: { start: number; end: number }[];
} {
  const ranges: { start: number; end: number }[] = [];
  let text = '';
  for (const [piece, open] of marked.split(/(\[\||\|\])/).reduce(pairs, [])) {
    text += piece;
    if (open === '[|') ranges.push({ start: text.length, end: -1 });
    const last = ranges.findLast(({ end }) => end < 0);
    if (open === '|]' && last) last.end = text.length;
  }
  return { text, ranges };
}

function pairs(found: [string, string?][], part: string, i: number): [string, string?][] {
  if (i % 2 === 0) return [...found, [part]];
  const last = found.pop();
  return [...found, [last?.[0] ?? '', part]];
}

/** The text of a document after edits. */
export function editedWith(document: SpecDocument, edits: readonly TextEdit[] = []): string {
  return TextDocument.applyEdits(TextDocument.create(uri, 'fip', 0, document.text), [...edits]);
}

/** A spec, checked as one that was never saved: data from files is not looked at. */
export function check(text: string): Promise<CheckedSpec> {
  return checkSpec(parseSpec(text, uri), dataFiles, undefined);
}

const time = '2026-01-01T00:00:00.000Z';

export function metrics(accuracy: number, sparsity: number, distance = 0.031): Metrics {
  return {
    accuracy: { glyphs: accuracy },
    loss: { glyphs: 1 - accuracy },
    output_distance: { memory: distance / 2, held_out: distance },
    sparsity,
    arc_length: 12.5,
    action: 0.25,
    weight_distance: 9.5,
  };
}

type Unnumbered = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'time'>
    : never
  : never;

/** The events of a run of `validSpec`, up to the given point. */
export function runEvents(until: 'walking' | 'completed' | 'failed'): RunEvent[] {
  const leg = { leg: 'prune', objective: 'sparsify', steps: 10 };
  const checkpoint = (step: number, accuracy: number, sparsity: number): Unnumbered => ({
    event: 'checkpoint',
    leg: 'prune',
    step,
    steps: 10,
    metrics: metrics(accuracy, sparsity),
  });
  const end = metrics(0.87, 0.8);
  const legReport = { ...leg, status: 'completed' as const, seconds: 3.25, end };
  const report = {
    run: 'r1',
    name: 'sparsify-glyphs',
    backend: 'wasm',
    device: 'CPU',
    seed: 0,
    started: time,
    seconds: 5,
    legs: [],
    baselines: [],
    expectations: [],
  };
  const all: Unnumbered[] = [
    {
      event: 'run-started',
      run: 'r1',
      name: 'sparsify-glyphs',
      seed: 0,
      backend: { name: 'wasm', device: 'CPU', reason: 'It is there.' },
      parameters: 13_000,
      epochs: 2,
      legs: [leg],
    },
    { event: 'start-ended', seconds: 1, metrics: metrics(0.97, 0) },
    { event: 'leg-started', ...leg, projected: metrics(0.5, 0.8) },
    checkpoint(0, 0.97, 0),
    checkpoint(4, 0.95, 0.4),
    checkpoint(8, 0.9, 0.7),
  ];
  if (until === 'completed')
    all.push(
      checkpoint(10, 0.87, 0.8),
      {
        event: 'warning',
        code: 'fip/off-manifold',
        message: 'The path left the manifold.',
        pointer: '/path/0/solver/steps',
        leg: 'prune',
        step: 7,
      },
      { event: 'leg-ended', report: legReport },
      {
        event: 'run-ended',
        status: 'completed',
        report: { ...report, status: 'completed', legs: [legReport] },
      },
    );
  if (until === 'failed')
    all.push({
      event: 'run-ended',
      status: 'failed',
      report: {
        ...report,
        status: 'failed',
        reason: 'The weights are not finite. Take smaller steps.',
      },
    });
  return all.map((event, seq) => ({ ...event, seq, time }));
}

/** The run as an editor shows it. */
export function latest(until: Parameters<typeof runEvents>[0], stale = false): LatestRun {
  const summary: RunSummary = {
    run: 'r1',
    nickname: 'calm-otter',
    name: 'sparsify-glyphs',
    uri,
    folder: '/somewhere/.fip/runs/r1',
    status: until === 'walking' ? 'running' : until,
    started: time,
    experimentHash: '0',
    outcome: {},
  };
  return { summary, view: foldEvents(runEvents(until)), stale };
}

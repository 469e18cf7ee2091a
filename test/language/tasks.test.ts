/** Data sets with tasks, and legs that learn several, as an editor shows them. */
import { describe, expect, test } from 'vitest';
import { completion } from '../../server/src/language/completion';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { hover } from '../../server/src/language/hover';
import { inlayHints } from '../../server/src/language/inlay-hints';
import type { LatestRun } from '../../server/src/language/latest-run';
import { runDiagnostics } from '../../server/src/language/run-diagnostics';
import { emptyRunView, type LegView } from '../../server/src/protocol/run-view';
import { parseSpec } from '../../server/src/spec/parse';
import { atCursor, check, latest, metrics, uri } from './kit';

const spec = `fip: 1
name: tasks
data:
  digits: {format: glyphs, tasks: {by: classes, count: 5}}
model: {architecture: mlp, hidden: [20], classes: 10}
start:
  train: {on: digits-1}
path:
  - leg: more
    objective: {type: learn, on: digits}
    keep: {on: digits-1}
    solver: {type: geodesic, steps: 10}
expect:
  - {metric: accuracy, on: digits-2, at: more:digits-2, at_least: 0.9}
  - {metric: accuracy, on: digits-1, at: more, at_least: 0.9}
`;

const labelsAt = (marked: string) => {
  const { text, offset } = atCursor(marked);
  return completion(parseSpec(text, uri), offset).map(({ label }) => label);
};
const hoverAt = async (marked: string, run?: LatestRun) => {
  const { text, offset } = atCursor(marked);
  const found = hover(await check(text), offset, run);
  return JSON.stringify(found?.contents ?? null);
};

/** A run that has learnt digits-2 and is learning digits-3. */
function runOf(): LatestRun {
  const names = [2, 3, 4, 5].map((i) => `more:digits-${i}`);
  const leg = (name: string, i: number): LegView => ({
    ...{ leg: name, objective: 'learn', steps: 10, checkpoints: [] },
    status: i === 0 ? 'completed' : i === 1 ? 'running' : 'waiting',
    step: i === 0 ? 10 : i === 1 ? 4 : 0,
    ...(i === 1 && {
      checkpoints: [
        {
          ...{ event: 'checkpoint', seq: 9, time: '', leg: name, step: 4, steps: 10 },
          metrics: named(0.7, 0.6),
        },
      ],
    }),
    ...(i === 0 && {
      report: {
        ...{ leg: name, objective: 'learn', status: 'completed', steps: 10, seconds: 2 },
        end: named(0.95, 0.8),
      },
    }),
  });
  const view = { ...emptyRunView(), phase: 'walking' as const, legs: names.map(leg) };
  return { ...latest('walking'), view };
}

const named = (first: number, second: number) => ({
  ...metrics(0, 0),
  accuracy: { 'digits-1': first, 'digits-2': second, 'digits-3': 0, 'digits-4': 0, 'digits-5': 0 },
});

describe('completion', () => {
  test('proposes the tasks in place of their data set', () => {
    const names = [1, 2, 3, 4, 5].map((i) => `digits-${i}`);
    expect(labelsAt(spec.replace('keep: {on: digits-1}', 'keep: {on: <|>}'))).toEqual(names);
  });

  test('proposes to learn a task, or all that are left', () => {
    const labels = labelsAt(spec.replace('on: digits}', 'on: <|>}'));
    expect(labels).toEqual(expect.arrayContaining(['digits', 'digits-2']));
  });

  test('proposes the leg, and the moment when each task was learnt', () => {
    const labels = labelsAt(spec.replace('at: more,', 'at: <|>,'));
    const legs = [2, 3, 4, 5].map((i) => `more:digits-${i}`);
    expect(labels).toEqual(['start', 'end', 'more', ...legs]);
  });
});

describe('hovers', () => {
  test('tell what a data set is split into, and the classes of a task', async () => {
    expect(await hoverAt(spec.replace('  digits:', '  di<|>gits:'))).toContain(
      'Its tasks: `digits-1`',
    );
    const kept = await hoverAt(spec.replace('keep: {on: digits-1}', 'keep: {on: digi<|>ts-1}'));
    expect(kept).toContain('classes 0, 1');
    expect(kept).toContain('kept in `more`');
  });

  test('tell of the task that a leg is at', async () => {
    const text = await hoverAt(spec.replace('leg: more', 'leg: mo<|>re'), runOf());
    expect(text).toContain('digits-3, task 2 of 4 · running · 4 of 10 steps');
  });
});

describe('a run', () => {
  test('shows its task, and the average of many data sets, on the leg', async () => {
    const hints = inlayHints(await check(spec), runOf());
    expect(hints.map(({ label, position: { line } }) => [line, label])).toEqual([
      [8, 'digits-3, task 2 of 4 · step 4/10 · 26 % on average of 5 data sets · Δout 0.031'],
      [13, '✗ 80 %'],
    ]);
  });

  test('has its failures on the leg of the spec', async () => {
    const run = runOf();
    const checked = await check(spec);
    const found = runDiagnostics(checked, { ...run, view: { ...run.view, status: 'failed' } });
    const failure = found.find(({ code }) => code === 'fip/run-failed');
    expect(failure?.range.start.line).toBe(8);
  });
});

test('the outline has the data set once', async () => {
  const data = documentSymbols(await check(spec)).find(({ name }) => name === 'data');
  expect(data?.children?.map(({ name }) => name)).toEqual(['digits']);
});

import { describe, expect, test } from 'vitest';
import { RunLog } from '../../client/webview/model/run-log';
import { runTables } from '../../client/webview/model/run-tables';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { t } from '../client/plain-words';
import { richRun } from './rich-run';
import { wholeRun } from './synthetic-run';

const view = foldEvents(richRun());
const tables = runTables(view, t);
const table = (id: string) => tables.find((one) => one.id === id);
const values = (id: string) =>
  table(id)?.rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell?.value)]);

describe('the tables of a run', () => {
  test('are those of what the experiment has', () => {
    expect(tables.map(({ id }) => id)).toEqual([
      'continual',
      'continual-ewc',
      'ensemble-add-fashion',
      'attacks-digits',
      'layers',
    ]);
    expect(runTables(foldEvents(wholeRun()), t)).toEqual([]);
    expect(runTables(emptyRunView(), t)).toEqual([]);
  });

  test('tell what was forgotten of each task but the one learnt last', () => {
    const last = values('continual')?.at(-1);
    expect(last?.[0]).toBe('forgotten, in points');
    expect(last?.[1]).toBeCloseTo(0.978 - 0.972, 12);
    // fashion was learnt before the last moment, and was best right after.
    expect(last?.[2]).toBeCloseTo(0.86 - 0.85, 12);
  });

  test('have networks downwards and attacks to the right', () => {
    expect(table('attacks-digits')?.heads).toEqual([
      'Network',
      'as they are',
      'autopgd, up to 0.05',
      'autopgd, up to 0.1',
    ]);
    const [start, , last] = values('attacks-digits') ?? [];
    expect(start?.slice(0, 2)).toEqual(['Start', 0.97]);
    expect(start?.[3]).toBeCloseTo(0.1, 12);
    expect(last?.[0]).toBe('prune, step 40');
  });

  test('leave a cell empty where an attack was not measured', () => {
    const attacks = view.attacks.slice(1);
    const rows = runTables({ ...view, attacks }, t).find(({ id }) => id === 'attacks-digits')?.rows;
    expect(rows?.[0]?.cells.map((cell) => cell === undefined)).toEqual([false, false, true]);
  });

  test('have the members of an ensemble and all of them together', () => {
    expect(values('ensemble-add-fashion')).toEqual([
      ['member 1', 0.95, 3, 2.4],
      ['member 2', 0.96, 3, 2.4],
      ['together', 0.975, undefined, undefined],
    ]);
    expect(table('ensemble-add-fashion')?.notes).toHaveLength(2);
  });

  test('have the layers of the networks that have zeros', () => {
    expect(table('layers')?.heads).toEqual(['Layer', 'prune']);
    expect(values('layers')?.[0]).toEqual(['dense1.weight', 0.83]);
  });
});

describe('the log of a run', () => {
  test('has what happened in order, without the steps', () => {
    const log = new RunLog(t);
    for (const event of richRun()) log.add(event);
    const words = log.lines.map((line) => line.words);
    expect(words[0]).toBe('Run started: wasm on CPU, SIMD, 4 threads.');
    expect(words.at(-1)).toBe('Run completed after 55\u202fs of computing.');
    expect(words.filter((line) => line.startsWith('Baseline'))).toHaveLength(2);
    expect(log.lines.find(({ tone }) => tone === 'warning')).toMatchObject({
      place: { leg: 'add-fashion', step: 43 },
      code: 'fip/off-manifold',
      pointer: '/path/0/solver/step_size',
    });
    expect(log.lines.length).toBeLessThan(15);
  });

  test('begins anew when the run is told anew, and tells of halved steps', () => {
    const log = new RunLog(t);
    const [first, ...others] = wholeRun();
    for (const event of [first!, ...others, first!]) log.add(event);
    expect(log.lines).toHaveLength(1);
    const step = others.find(({ event }) => event === 'step');
    if (step?.event !== 'step') throw new Error('There is no step.');
    log.add({ ...step, halvings: 2, movement: 0.3 });
    expect(log.lines[1]?.words).toBe('The step was halved 2 times; outputs moved by 0.3.');
  });
});

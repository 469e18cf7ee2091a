import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../server/src/engine/host';
import { EventLog, readEventLog } from '../../server/src/runs/event-log';
import { EventTail } from '../../server/src/runs/event-tail';
import { temporaryFolder } from './support';

const event = (epoch: number): EngineEvent => ({
  event: 'training',
  epoch,
  epochs: 9,
  fraction: 0,
  loss: NaN,
});
const epochs = (path: string): unknown[] =>
  readEventLog(path).events.map((e) => (e.event === 'training' ? e.epoch : e.event));

describe('event log', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'events.jsonl');
  });
  afterEach(() => folder.remove());

  function write(count: number): void {
    const log = EventLog.create(path);
    for (let epoch = 0; epoch < count; epoch++) log.append(event(epoch));
    log.close();
  }

  test('numbers and dates events, and writes what is not finite as null', () => {
    write(3);
    const { events } = readEventLog(path);
    expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(events[2]).toMatchObject({ event: 'training', epoch: 2, loss: null });
    expect(events[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test('a missing log is empty', () => {
    expect(readEventLog(join(folder.path, 'none'))).toEqual({ events: [] });
  });

  test.each([1, 5, 30])('a last line torn after %i bytes is passed over in silence', (bytes) => {
    write(3);
    const line = readFileSync(path, 'utf8').split('\n')[2] ?? '';
    writeFileSync(path, readFileSync(path, 'utf8') + line.slice(0, bytes));
    expect(epochs(path)).toEqual([0, 1, 2]);
    expect(readEventLog(path).note).toBeUndefined();
  });

  test.each(['{"event":"training"', 'null', '[]', '{"event":"training","seq":7}', '\u0000\u0000'])(
    'reading ends with a note at the damaged line %j',
    (line) => {
      write(2);
      appendFileSync(path, `${line}\n`);
      appendFileSync(path, '{"event":"training","seq":3}\n');
      expect(epochs(path)).toEqual([0, 1]);
      expect(readEventLog(path).note).toContain('line 3');
    },
  );

  test('going on drops what came after the saved state and numbers without a gap', () => {
    write(5);
    appendFileSync(path, '{"torn');
    const log = EventLog.reopen(path, 3);
    expect(log.nextSeq).toBe(3);
    log.append(event(77));
    log.close();
    expect(epochs(path)).toEqual([0, 1, 2, 77]);
    expect(readEventLog(path).events.at(-1)?.seq).toBe(3);
  });

  test('a tail reads each event once, waits for the end of a torn line, and sees a log begin anew', () => {
    const tail = new EventTail(path);
    expect(tail.poll()).toEqual({ restarted: false, events: [] });
    write(2);
    expect(tail.poll().events).toHaveLength(2);
    expect(tail.poll()).toEqual({ restarted: false, events: [] });
    appendFileSync(path, '{"event":"training",');
    expect(tail.poll().events).toHaveLength(0);
    appendFileSync(path, '"seq":2}\n');
    expect(tail.poll().events.map(({ seq }) => seq)).toEqual([2]);
    const log = EventLog.reopen(path, 1);
    for (let epoch = 50; epoch < 60; epoch++) log.append(event(epoch));
    log.close();
    const { restarted, events } = tail.poll();
    expect(restarted).toBe(true);
    expect(events).toHaveLength(11);
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRun } from '../../server/src/runs/create-run';
import { EventLog } from '../../server/src/runs/event-log';
import { runFiles } from '../../server/src/runs/run-folder';
import { RunRecord } from '../../server/src/runs/run-record';
import { wholeRun } from '../webview/synthetic-run';
import { startOptions, temporaryFolder } from './support';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('a resumed run is starting until its engine says something new, not stopped again', () => {
  const { events } = runFiles(createRun(startOptions(folder.path)));
  const log = EventLog.create(events);
  const told = [...wholeRun().slice(0, 8), wholeRun().at(-1)!];
  for (const { seq: _seq, time: _time, ...event } of told) log.append(event);
  log.close();
  const record = RunRecord.open(events.slice(0, events.lastIndexOf('/')))!;
  expect(record.live).toBe(false);

  record.launching();
  const resumed = EventLog.reopen(events, told.length);
  expect(record.update().events).toHaveLength(told.length);
  expect(record.summary.status).toBe('starting');

  const backend = { name: 'wasm', device: 'CPU', reason: 'It is a test.' };
  resumed.append({ event: 'run-resumed', backend });
  resumed.close();
  expect(record.update().events).toHaveLength(1);
  // No engine holds the lock here: whoever wrote that event is gone.
  expect(record.summary.status).toBe('interrupted');
});

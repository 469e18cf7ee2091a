import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EventLog } from '../../server/src/runs/event-log';
import { readRunFacts } from '../../server/src/runs/run-facts';
import { createRun } from '../../server/src/runs/create-run';
import { runFiles } from '../../server/src/runs/run-folder';
import { RunHost } from '../../server/src/runs/run-host';
import { startOptions, temporaryFolder } from './support';

let folder: ReturnType<typeof temporaryFolder>;
let host: RunHost;
let run: string;
beforeEach(() => {
  folder = temporaryFolder();
  run = createRun(startOptions(folder.path));
  const log = EventLog.create(runFiles(run).events);
  const facts = readRunFacts(run);
  if (!facts) throw new Error('The run has no facts.');
  host = new RunHost(run, facts, log, () => undefined);
});
afterEach(() => folder.remove());

test('weights are read as they were written, whatever the name', () => {
  const tensors = [
    { name: 'b', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
    { name: 'a', shape: [1], values: Float32Array.of(-0.5) },
  ];
  for (const name of ['start', 'tasks:mnist-2-end', '../../outside'])
    expect(host.readWeights(host.saveWeights(name, tensors))).toEqual(tensors);
});

test('weights that are gone or damaged fail with what to do', () => {
  const file = host.saveWeights('start', []);
  rmSync(join(run, file));
  expect(() => host.readWeights(file)).toThrow(/start\.safetensors cannot be read .* again/);
  mkdirSync(runFiles(run).weights, { recursive: true });
  writeFileSync(join(run, file), 'no weights');
  expect(() => host.readWeights(file)).toThrow(/cannot be read .* again/);
});

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { foldEvents } from '../../server/src/protocol/run-view';
import { enginePid } from '../../server/src/runs/engine-lock';
import { NodeFinder } from '../../server/src/runs/node-finder';
import { runFiles, runsFolder } from '../../server/src/runs/run-folder';
import { RunService } from '../../server/src/runs/run-service';
import { faults } from './faults';
import { bundle, startOptions, story, temporaryFolder, until, Watched } from './support';

describe('run service', () => {
  const tools = temporaryFolder();
  let engine: string;
  let folder: ReturnType<typeof temporaryFolder>;
  let open: Watched[];
  beforeAll(async () => {
    engine = await bundle('runs/fake-engine-process.ts', tools.path);
  });
  afterAll(() => tools.remove());
  beforeEach(() => {
    folder = temporaryFolder();
    open = [];
  });
  afterEach(async () => {
    for (const { service } of open) service.dispose();
    const last = watched();
    for (const { run, status } of await last.service.list([folder.path]))
      if (['running', 'starting', 'stopping'].includes(status))
        await last.service.stop(run, 'kill').catch(() => undefined);
    last.service.dispose();
    folder.remove();
  });

  function watched(): Watched {
    const service = new Watched(engine);
    open.push(service);
    return service;
  }
  const start = (on: Watched, seed: number = faults.none) =>
    on.service.start(startOptions(folder.path, seed));

  test('a run goes from starting to completed and streams all its events once', async () => {
    const one = watched();
    const { run, status, nickname } = await start(one);
    expect(status).toBe('starting');
    expect(run).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-${nickname}$`));
    await one.until(run, 'completed');
    const streamed = one.events.map(({ event }) => event);
    expect(streamed.map(({ seq }) => seq)).toEqual(streamed.map((_, index) => index));
    const { events, summary } = await one.service.events(run, 0);
    expect(events).toEqual(streamed);
    expect(summary.status).toBe('completed');
    expect((await one.service.events(run, 5)).events[0]?.seq).toBe(5);
    const files = runFiles(summary.folder);
    expect(JSON.parse(readFileSync(files.facts, 'utf8'))).toMatchObject({
      run,
      name: 'fake',
      versions: { node: process.version },
      pid: expect.any(Number),
    });
  });

  test('knows the latest run of a spec, however its URI is spelt', async () => {
    const one = watched();
    const options = startOptions(folder.path, 0, 'a b.fip.yaml');
    await one.until((await one.service.start(options)).run, 'completed');
    const second = await one.service.start(options);
    await one.until(second.run, 'completed');
    const spelt = options.uri.replace('a%20b', '%61%20b');
    expect(one.service.latest(spelt)?.summary.run).toBe(second.run);
    expect(one.service.latest(spelt)?.view.status).toBe('completed');
    expect(one.service.latest(pathToFileURL('/elsewhere/x').href)).toBeUndefined();
  });

  test('two runs of one spec live side by side', async () => {
    const one = watched();
    const [a, b] = await Promise.all([start(one), start(one)]);
    expect(a.run).not.toBe(b.run);
    await one.until(a.run, 'completed');
    await one.until(b.run, 'completed');
    const of = (run: string) => one.events.filter((e) => e.run === run).map(({ event }) => event);
    expect(story(of(a.run))).toEqual(story(of(b.run)));
  });

  test('stop ends after the step and resume goes on to the end', async () => {
    const one = watched();
    const { run } = await start(one, faults.slow);
    await one.untilEvent(run, 'step');
    await one.service.stop(run, 'stop');
    expect(one.summaries.at(-1)?.status).toBe('stopping');
    const { folder: place } = await one.until(run, 'stopped');
    await until(() => enginePid(place) === undefined || undefined);
    await one.service.resume(run);
    await one.until(run, 'completed');
    const view = foldEvents(one.events.map(({ event }) => event));
    expect(view).toEqual(one.service.view(run));
    expect(view).toMatchObject({ phase: 'ended', status: 'completed' });
    await expect(one.service.resume(run)).rejects.toThrow(/has completed/);
    await expect(one.service.stop(run, 'stop')).rejects.toThrow(/not running \(completed\)/);
  });

  test('an engine that does not stop stays stopping until it is killed', async () => {
    const one = watched();
    const { run } = await start(one, faults.hang);
    await one.untilEvent(run, 'step');
    await one.service.stop(run, 'stop');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await one.service.list([folder.path]))[0]?.status).toBe('stopping');
    await one.service.stop(run, 'kill');
    const { reason } = await one.until(run, 'interrupted');
    expect(reason).toContain('without a last word');
    await expect(one.service.resume(run)).resolves.toMatchObject({ status: 'starting' });
    await expect(one.service.resume(run)).rejects.toThrow(/running already/);
  });

  test.each([3, 11, 20])('a run killed at moment %i resumes to the same story', async (moment) => {
    const one = watched();
    const whole = await start(one);
    const { run } = await start(one, faults.killAt + moment);
    await one.until(run, 'interrupted');
    await one.until(whole.run, 'completed');
    await one.service.resume(run);
    await one.until(run, 'completed');
    const [expected, events] = await Promise.all([
      one.service.events(whole.run, 0),
      one.service.events(run, 0),
    ]);
    const sameSeed = (list: unknown[]) =>
      JSON.parse(JSON.stringify(list).replaceAll(/"seed":\d+/g, '"seed":0'));
    expect(sameSeed(story(events.events))).toEqual(sameSeed(story(expected.events)));
    // The view that was folded from the stream, rewinding included, is that of the log.
    const streamed = one.events.filter((entry) => entry.run === run).map(({ event }) => event);
    expect(foldEvents(streamed)).toEqual(foldEvents(events.events));
  });

  test('an engine that aborts leaves an interrupted run with what it said last', async () => {
    const one = watched();
    const { run } = await start(one, faults.abort);
    const { reason } = await one.until(run, 'interrupted');
    expect(reason).toContain('out of memory in the fake engine');
  });

  test.each([
    ['an error that nobody catches', faults.crash, 'a stray error'],
    ['an error of the engine', faults.throws, 'thrown by the engine'],
  ])('%s ends the run as failed with its reason', async (_, seed, reason) => {
    const one = watched();
    const { run } = await start(one, seed);
    await one.until(run, 'failed');
    expect(one.service.view(run).report).toMatchObject({ status: 'failed', reason });
    expect(one.service.view(run).nextSeq).toBe((await one.service.events(run, 0)).events.length);
  });

  test('after a reload the living run is found again and can be stopped', async () => {
    const before = watched();
    const { run } = await start(before, faults.slow);
    await before.untilEvent(run, 'training');
    before.service.dispose();
    const count = before.events.length;

    const after = watched();
    await after.service.load(folder.path);
    expect(after.summaries.at(-1)).toMatchObject({ run, status: 'running' });
    await after.untilEvent(run, 'step');
    await after.service.stop(run, 'stop');
    await after.until(run, 'stopped');
    expect(before.events).toHaveLength(count);
    const { events } = await after.service.events(run, 0);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  });

  test('a run that another process starts shows up by itself', async () => {
    const editor = watched();
    await editor.service.load(folder.path);
    const other = watched();
    const { run } = await start(other);
    await editor.until(run, 'completed');
  });

  test('a run has the name that the user gives it, also after a reload, until it is taken back', async () => {
    const one = watched();
    const { run, nickname } = await start(one);
    await one.until(run, 'completed');
    await one.service.rename(run, '  the good one ');
    expect(one.summaries.at(-1)).toMatchObject({ run, nickname, label: 'the good one' });
    const two = watched();
    expect(await two.service.list([folder.path])).toMatchObject([{ label: 'the good one' }]);
    await two.service.rename(run, '');
    expect(two.summaries.at(-1)).not.toHaveProperty('label');
  });

  test('a deleted run is gone from the disk and from every list; a living one is not deleted', async () => {
    const one = watched();
    const other = watched();
    await other.service.load(folder.path);
    const { run, folder: place } = await start(one, faults.slow);
    await one.untilEvent(run, 'training');
    await expect(one.service.delete(run)).rejects.toThrow(/is running\. Stop it first/);
    await one.service.stop(run, 'stop');
    await one.until(run, 'stopped');
    await until(() => other.summaries.some((summary) => summary.status === 'stopped'));
    await one.service.delete(run);
    expect(existsSync(place)).toBe(false);
    expect(one.deleted).toEqual([run]);
    expect(await one.service.list([folder.path])).toEqual([]);
    await until(() => other.deleted.includes(run));
    await expect(one.service.delete(run)).rejects.toThrow(/no run/);
  });

  test('tells of each run what it has come to', async () => {
    const one = watched();
    const { run } = await start(one);
    const { outcome } = await one.until(run, 'completed');
    const { report, backend } = one.service.view(run);
    expect(outcome).toMatchObject({
      backend: backend?.name,
      seconds: report?.seconds,
      accuracy: report?.legs.at(-1)?.end.accuracy,
    });
  });

  test('lists newest first and passes over foreign and damaged folders', async () => {
    const one = watched();
    const runs: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { run } = await start(one);
      runs.unshift(run);
    }
    await Promise.all(runs.map((run) => one.until(run, 'completed')));
    const parent = runsFolder(folder.path);
    mkdirSync(join(parent, 'foreign'));
    mkdirSync(join(parent, 'damaged'));
    writeFileSync(join(parent, 'damaged', 'run.json'), '{"run": 1}');
    writeFileSync(join(parent, 'file'), '');
    const damagedState = runFiles(join(parent, runs[0]!)).state;
    writeFileSync(damagedState, 'damaged');

    const two = watched();
    const listed = await two.service.list([folder.path, join(folder.path, 'nowhere')]);
    expect(listed.map(({ run }) => run)).toEqual(runs);
    const uri = startOptions(folder.path, 0, 'other.fip.yaml').uri;
    expect(await two.service.list([folder.path], uri)).toEqual([]);
    rmSync(join(parent, runs[1]!), { recursive: true });
    expect(await two.service.list([folder.path])).toHaveLength(2);
  });

  test('runs of a project that was moved belong to the spec at its new place', async () => {
    const one = watched();
    const { run } = await start(one);
    await one.until(run, 'completed');
    const moved = join(folder.path, 'moved');
    mkdirSync(moved);
    // The engine gives its lock back in these moments.
    const filter = (path: string) => !path.endsWith('engine.lock');
    cpSync(join(folder.path, '.fip'), join(moved, '.fip'), { recursive: true, filter });
    const two = watched();
    const [summary] = await two.service.list([moved]);
    expect(summary?.uri).toBe(pathToFileURL(join(moved, 'fake.fip.yaml')).href);
  });

  test('says what is wrong where the engine or the folder cannot be had', async () => {
    const nodes = new NodeFinder();
    nodes.setPath('/nowhere/node');
    const service = new RunService({
      engineScript: engine,
      nodes,
      onChanged: () => undefined,
      onEvents: () => undefined,
    });
    await expect(service.start(startOptions(folder.path))).rejects.toMatchObject({
      code: 'fip/no-node',
      message: expect.stringContaining('/nowhere/node'),
    });
    expect(await service.list([folder.path])).toEqual([]);
    const taken = startOptions(folder.path);
    rmSync(join(folder.path, '.fip'), { recursive: true });
    writeFileSync(join(folder.path, '.fip'), 'a file');
    await expect(service.start(taken)).rejects.toMatchObject({ code: 'fip/run-folder' });
    await expect(service.resume('none')).rejects.toMatchObject({ code: 'fip/run-unknown' });
    await expect(service.events('none', 0)).rejects.toMatchObject({ code: 'fip/run-unknown' });
    service.dispose();
  });

  test('a living engine refuses company', async () => {
    const one = watched();
    const { run, folder: place } = await start(one, faults.slow);
    await one.untilEvent(run, 'training');
    const { spawnSync } = await import('node:child_process');
    const second = spawnSync(process.execPath, [engine, place, '--resume'], { encoding: 'utf8' });
    expect(second.status).toBe(4);
    expect(second.stderr).toContain(`Another engine is working on the run ${basename(place)}`);
    await one.until(run, 'completed');
  });
});

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../server/src/protocol/generated';
import { createRun } from '../../server/src/runs/create-run';
import { enginePid } from '../../server/src/runs/engine-lock';
import { readEventLog } from '../../server/src/runs/event-log';
import { runEngineProcess } from '../../server/src/runs/run-engine-process';
import { runFiles } from '../../server/src/runs/run-folder';
import { loadState } from '../../server/src/runs/state-store';
import { runStatus } from '../../server/src/runs/run-status';
import { fakeExperiment } from './fake-experiment';
import { startOptions, story, temporaryFolder } from './support';

/** Thrown in the place of a kill: unlike one it would be reported, so the test takes that report away again. */
class Kill extends Error {}

describe('a run that is killed and resumed', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    folder.remove();
  });

  const newRun = (): string => createRun(startOptions(folder.path));
  const eventsOf = (run: string): RunEvent[] => readEventLog(runFiles(run).events).events;
  const engine = (run: string, resume: boolean, killAt = Infinity): Promise<number> => {
    let moment = 0;
    return runEngineProcess(run, { resume }, (experiment, host, state) =>
      fakeExperiment(experiment, host, state, () => {
        if (++moment === killAt) throw new Kill();
      }),
    );
  };

  /** Runs until the moment `killAt` and leaves what a kill leaves: a log without an end, perhaps with half a line. */
  async function killedRun(killAt: number, torn: string): Promise<string> {
    const run = newRun();
    await engine(run, false, killAt);
    const { events, report } = runFiles(run);
    const lines = readFileSync(events, 'utf8').trimEnd().split('\n');
    expect(lines.pop()).toContain('run-ended');
    writeFileSync(events, lines.map((line) => `${line}\n`).join('') + torn);
    rmSync(report);
    return run;
  }

  test('tells the same story as one that was never killed, whenever the kill came', async () => {
    const whole = newRun();
    expect(await engine(whole, false)).toBe(0);
    const expected = story(eventsOf(whole));
    const weights = readFileSync(`${whole}/weights/start.safetensors`);
    for (let killAt = 1; killAt <= 27; killAt++) {
      const run = await killedRun(killAt, killAt % 2 ? '' : '{"event":"step","seq":');
      expect(await engine(run, true)).toBe(0);
      const events = eventsOf(run);
      expect(story(events), `killed at moment ${killAt}`).toEqual(expected);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
      expect(readFileSync(`${run}/weights/start.safetensors`)).toEqual(weights);
      expect(JSON.parse(readFileSync(runFiles(run).report, 'utf8')).status).toBe('completed');
    }
  });

  test('can be killed again and again', async () => {
    const whole = newRun();
    await engine(whole, false);
    const run = await killedRun(2, '');
    for (let times = 0; times < 5; times++) {
      await engine(run, true, 4);
      const lines = readFileSync(runFiles(run).events, 'utf8').trimEnd().split('\n');
      writeFileSync(runFiles(run).events, lines.slice(0, -1).join('\n') + '\n');
    }
    expect(await engine(run, true)).toBe(0);
    expect(story(eventsOf(run))).toEqual(story(eventsOf(whole)));
    expect(eventsOf(run).filter(({ event }) => event === 'run-resumed').length).toBeGreaterThan(1);
  });

  test('a half-written state beside the good one does no harm', async () => {
    const whole = newRun();
    await engine(whole, false);
    const run = await killedRun(12, '');
    writeFileSync(`${runFiles(run).state}.123.tmp`, 'half');
    expect(await engine(run, true)).toBe(0);
    expect(story(eventsOf(run))).toEqual(story(eventsOf(whole)));
  });

  test('a kill while a state is written takes that state alone', async () => {
    const whole = newRun();
    await engine(whole, false);
    const run = await killedRun(12, '');
    const files = runFiles(run);
    const before = loadState(files)?.number ?? 0;
    const newest = files.stateSlots[before % 2] ?? '';
    truncateSync(newest, readFileSync(newest).length - 3);
    expect(loadState(files)?.number).toBe(before - 1);
    expect(await engine(run, true)).toBe(0);
    expect(story(eventsOf(run))).toEqual(story(eventsOf(whole)));
  });

  test('a power cut that takes all but the durable state leaves a run that can go on', async () => {
    const whole = newRun();
    await engine(whole, false);
    const run = await killedRun(20, '');
    for (const slot of runFiles(run).stateSlots) writeFileSync(slot, Buffer.alloc(500));
    expect(await engine(run, true)).toBe(0);
    expect(story(eventsOf(run))).toEqual(story(eventsOf(whole)));
  });

  test('states of an earlier beginning do not come back', async () => {
    const whole = newRun();
    await engine(whole, false);
    const run = await killedRun(20, '');
    rmSync(runFiles(run).events);
    await engine(run, true, 2);
    expect(loadState(runFiles(run))?.number ?? 0).toBeLessThan(3);
  });

  test.each([
    ['cut short', (state: string) => truncateSync(state, 40)],
    ['empty', (state: string) => truncateSync(state, 0)],
    ['something else', (state: string) => writeFileSync(state, 'no tensors here, only text')],
  ])('fails with a clear reason where the state is %s', async (_, damage) => {
    const run = await killedRun(12, '');
    for (const slot of runFiles(run).stateSlots) rmSync(slot, { force: true });
    damage(runFiles(run).state);
    expect(await engine(run, true)).toBe(3);
    const last = eventsOf(run).at(-1);
    expect(last).toMatchObject({ event: 'run-ended', status: 'failed' });
    const { report } = last as Extract<RunEvent, { event: 'run-ended' }>;
    expect(report.reason).toMatch(/saved state .* cannot be read .* run the experiment again/);
    expect(report).toMatchObject({ code: 'fip/state-damaged', backend: 'wasm' });
    expect(report.legs[0]).toMatchObject({ leg: 'prune', status: 'failed' });
    expect(runStatus(run, last)).toBe('failed');
  });

  test('begins again where the log is lost, and warns where its end is', async () => {
    const lost = await killedRun(12, '');
    rmSync(runFiles(lost).events);
    expect(await engine(lost, true)).toBe(0);
    expect(eventsOf(lost)[0]?.event).toBe('run-started');

    const cut = await killedRun(12, '');
    const lines = readFileSync(runFiles(cut).events, 'utf8').split('\n');
    writeFileSync(runFiles(cut).events, lines.slice(0, 3).join('\n') + '\ngarbage\n');
    expect(await engine(cut, true)).toBe(0);
    const events = eventsOf(cut);
    expect(events[3]).toMatchObject({ event: 'warning', code: 'fip/log-damaged' });
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', status: 'completed' });
  });

  test('a stopped run goes on after its last event', async () => {
    const run = newRun();
    const { stop } = runFiles(run);
    writeFileSync(stop, '');
    expect(await engine(run, false)).toBe(130);
    const before = eventsOf(run);
    expect(before.at(-1)).toMatchObject({ event: 'run-ended', status: 'stopped' });
    rmSync(stop);
    expect(await engine(run, true)).toBe(0);
    expect(eventsOf(run).slice(0, before.length)).toEqual(before);
  });

  test('refuses a folder that is no run, a second start, and a second engine', async () => {
    expect(await engine(folder.path, false)).toBe(4);
    const run = newRun();
    expect(await engine(run, false)).toBe(0);
    const before = readFileSync(runFiles(run).events, 'utf8');
    expect(await engine(run, false)).toBe(4);
    expect(readFileSync(runFiles(run).events, 'utf8')).toBe(before);
  });

  test('a lock that a killed engine left does not keep the next one out', async () => {
    const run = newRun();
    writeFileSync(runFiles(run).lock, '999999999');
    expect(await engine(run, false)).toBe(0);
    expect(existsSync(runFiles(run).lock)).toBe(false);
  });

  test('a lock from before the last boot counts for nothing, whoever has its number now', () => {
    const run = newRun();
    const { lock } = runFiles(run);
    const engineLike = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', run]);
    writeFileSync(lock, String(engineLike.pid));
    expect(enginePid(run)).toBe(engineLike.pid);
    utimesSync(lock, 1, 1);
    expect(enginePid(run)).toBeUndefined();
    engineLike.kill('SIGKILL');
  });

  test('a spec lost from the folder ends the run with a reason', async () => {
    const run = newRun();
    appendFileSync(runFiles(run).experiment, '}');
    expect(await engine(run, false)).toBe(3);
    expect(JSON.parse(readFileSync(runFiles(run).report, 'utf8'))).toMatchObject({
      status: 'failed',
      code: 'fip/run-damaged',
    });
  });

  test('keeps its runs out of version control', () => {
    const run = newRun();
    expect(readFileSync(`${dirname(dirname(run))}/.gitignore`, 'utf8')).toBe('*\n');
  });
});

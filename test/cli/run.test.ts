import { Ajv2020 } from 'ajv/dist/2020';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faults } from '../runs/faults';
import { bundle, temporaryFolder, until } from '../runs/support';
import { Fip, writeSpec } from './support';

const schema = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../schemas/${name}.schema.json`), 'utf8'));
const MET = '[{ metric: accuracy, on: digits, at_least: 0.9 }]';
const MISSED = '[{ metric: accuracy, on: digits, at_least: 0.99 }]';

describe('fip run', () => {
  const tools = temporaryFolder();
  let engine: string;
  let folder: ReturnType<typeof temporaryFolder>;
  beforeAll(async () => {
    engine = await bundle('runs/fake-engine-process.ts', tools.path);
  });
  afterAll(() => tools.remove());
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());
  const fip = (more = {}) => new Fip(folder.path, engine, more);

  test('--json prints the events and nothing else, each as its schema says', async () => {
    const ajv = new Ajv2020({ discriminator: true, strict: false });
    ajv.addSchema(schema('report'));
    const validEvent = ajv.compile(schema('event'));
    const validReport = ajv.getSchema(schema('report').$id)!;
    const cli = fip();
    expect(await cli.run('run', '--json', writeSpec(folder.path, { expect: MET }))).toBe(0);
    const events = cli.stdout.lines.map((line) => JSON.parse(line));
    events.forEach((event, seq) => {
      expect(validEvent(event), JSON.stringify([event, validEvent.errors])).toBe(true);
      expect(event.seq).toBe(seq);
    });
    expect(events[0].event).toBe('run-started');
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', status: 'completed' });
    const { run } = events[0];
    const report = JSON.parse(
      readFileSync(join(folder.path, '.fip/runs', run, 'report.json'), 'utf8'),
    );
    expect(report).toEqual(events.at(-1).report);
    expect(validReport(report)).toBe(true);
    expect(cli.stderr.text).toBe('');
  });

  test('the outcome decides the exit code', async () => {
    const code = (seed: number, expectations = '[]') =>
      fip().run('run', '--quiet', writeSpec(folder.path, { seed, expect: expectations }));
    expect(await code(faults.none, MET)).toBe(0);
    expect(await code(faults.none, MISSED)).toBe(1);
    expect(await code(faults.throws)).toBe(3);
    expect(await code(faults.abort)).toBe(3);
  });

  test('shows header, progress, an aligned table, expectations and the folder', async () => {
    const cli = fip();
    expect(await cli.run('run', writeSpec(folder.path, { expect: MISSED }))).toBe(1);
    const { lines } = cli.stdout;
    expect(lines[0]).toMatch(/^fake {2}run [a-z]+-[a-z]+$/);
    expect(lines[1]).toContain('backend  wasm on CPU. It is a test.');
    expect(cli.stdout.text).toContain('prune            100 %  step 8/8  digits 97.0 %');
    expect(cli.stdout.text).toContain('✗ accuracy on digits at end: 97.0 % (at least 99.0 %)');
    expect(cli.stdout.text).toContain('1 warning:\n  prune, step 3: The outputs moved.');
    expect(cli.stdout.text).toContain('Completed in 3.0 s, but 1 expectation failed.');
    expect(lines.at(-1)).toMatch(/^Run folder: \.fip\/runs\//);
    const table = lines.slice(lines.findIndex((line) => line.includes('sparsity  distance')));
    const labels = table.slice(0, 5).map((line) => line.slice(0, 26).trimEnd());
    expect(labels).toEqual([
      '',
      'start',
      'prune',
      '  projected without a path',
      '  after the path',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(cli.stdout.text).not.toContain('\u001b');
  });

  test('draws a bar and colours on a terminal, and no colours with NO_COLOR', async () => {
    const spec = writeSpec(folder.path, { seed: faults.slow });
    const [coloured, plain] = [fip({ tty: true }), fip({ tty: true, env: { NO_COLOR: '1' } })];
    await Promise.all([coloured.run('run', spec), plain.run('run', spec)]);
    expect(coloured.stdout.text).toMatch(/prune +█+░+ +\d+ % /);
    expect(coloured.stdout.text).toContain('\u001b[32mCompleted');
    // eslint-style escape classes are not needed: only the code that clears the line may remain.
    expect(plain.stdout.text.replaceAll('\u001b[2K', '')).not.toContain('\u001b');
    for (const line of coloured.stdout.text.split(/[\r\n]/)) expect(line.length).toBeLessThan(120);
  });

  test('Ctrl-C stops and saves; fip resume goes on', async () => {
    const cli = fip();
    const code = cli.run('run', '--json', writeSpec(folder.path, { seed: faults.slow }));
    await until(() => cli.stdout.text.includes('"step"') || undefined);
    cli.interrupt();
    expect(await code).toBe(130);
    expect(JSON.parse(cli.stdout.lines.at(-1)!)).toMatchObject({
      event: 'run-ended',
      status: 'stopped',
    });

    const resumed = fip();
    expect(await resumed.run('resume', '--json', 'fake.fip.yaml')).toBe(0);
    const events = resumed.stdout.lines.map((line) => JSON.parse(line));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, seq) => seq));
    expect(events.filter(({ event }) => event === 'run-resumed')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ event: 'run-ended', status: 'completed' });
  });

  test('a human reads after Ctrl-C how to go on, and on resuming only what is new', async () => {
    const cli = fip();
    const code = cli.run('run', writeSpec(folder.path, { seed: faults.slow }));
    await until(() => cli.stdout.text.includes('step 2/8') || undefined);
    cli.interrupt();
    expect(await code).toBe(130);
    expect(cli.stderr.text).toContain('Press Ctrl-C once more');
    const command = /Go on with: fip resume (\S+)/.exec(cli.stdout.text)?.[1];
    const resumed = fip();
    expect(await resumed.run('resume', command!)).toBe(0);
    expect(resumed.stdout.text).toMatch(/resumed {2}prune, step \d\/8/);
    expect(resumed.stdout.text).not.toContain('training');
    expect(await fip().run('resume', command!)).toBe(2);
  });

  test('a second Ctrl-C ends an engine that does not stop', async () => {
    const cli = fip();
    const code = cli.run('run', writeSpec(folder.path, { seed: faults.hang }));
    await until(() => cli.stdout.text.includes('prune') || undefined);
    cli.interrupt();
    await new Promise((resolve) => setTimeout(resolve, 300));
    cli.interrupt();
    expect(await code).toBe(130);
    expect(cli.stdout.text).toContain('Interrupted');
  });

  test('an invalid spec is refused with its diagnostics on stderr', async () => {
    const spec = writeSpec(folder.path, { expect: '[{ metric: accurazy }]' });
    for (const args of [
      ['run', '--json', spec],
      ['run', spec],
      ['run', '--quiet', spec],
    ]) {
      const cli = fip();
      expect(await cli.run(...args)).toBe(2);
      expect(cli.stdout.text).toBe('');
      expect(cli.stderr.text).toMatch(/fake\.fip\.yaml:14:\d+ error .*\[fip\/[a-z-]+\]/);
    }
    expect(existsSync(join(folder.path, '.fip'))).toBe(false);
  });

  test.each([
    [['run'], 'SPEC is missing'],
    [['run', 'nowhere.fip.yaml'], 'does not exist'],
    [['run', '.'], 'it is a folder'],
    [['run', 'a', 'b'], "'b' is too much"],
    [['run', '--wrong', 'a'], "Unknown option '--wrong'"],
    [['run', '--backend', 'gpu', 'a'], "no backend 'gpu'"],
    [['run', '--backend'], 'backend'],
    [['walk'], "no command 'walk'"],
    [[], 'Usage: fip COMMAND'],
    [['resume', 'nobody'], "no run 'nobody'"],
    [['show', '.'], "no run '.'"],
    [['stop'], 'RUN is missing'],
    [['validate'], 'FILE is missing'],
  ])('%j is bad usage: exit code 2', async (args, message) => {
    const cli = fip();
    expect(await cli.run(...args)).toBe(2);
    expect(cli.stderr.text).toContain(message);
    expect(cli.stdout.text).toBe('');
  });

  test('--backend is taken without making the results stale', async () => {
    const spec = writeSpec(folder.path);
    const experimentOf = (line: string) =>
      JSON.parse(readFileSync(join(JSON.parse(line).folder, 'experiment.json'), 'utf8'));
    expect(await fip().run('run', '--quiet', spec)).toBe(0);
    expect(await fip().run('run', '--quiet', '--backend', 'wasm', spec)).toBe(0);
    const list = fip();
    await list.run('list', '--json');
    const [second, first] = list.stdout.lines;
    expect(experimentOf(second!).backend).toBe('wasm');
    expect(experimentOf(first!).backend).toBe('auto');
    expect(JSON.parse(first!).experimentHash).toBe(JSON.parse(second!).experimentHash);
  });

  test('list, show and stop know the run that another process started', async () => {
    const cli = fip();
    const code = cli.run('run', writeSpec(folder.path, { seed: faults.slow }));
    await until(() => cli.stdout.text.includes('prune') || undefined);
    const list = fip();
    expect(await list.run('list')).toBe(0);
    expect(list.stdout.lines[1]).toMatch(/^[a-z]+-[a-z]+ +running +\d{4}-/);
    const nickname = list.stdout.lines[1]!.split(' ')[0]!;
    const stop = fip();
    expect(await stop.run('stop', nickname)).toBe(0);
    expect(stop.stdout.text).toContain(`${nickname} was asked to stop`);
    expect(await code).toBe(130);
    const show = fip();
    expect(await show.run('show', nickname)).toBe(0);
    expect(show.stdout.text).toMatch(/after the path \(stopped at step \d\)/);
    const json = fip();
    expect(await json.run('show', '--json', join('.fip/runs', '..', '..', 'fake.fip.yaml'))).toBe(
      0,
    );
    expect(JSON.parse(json.stdout.text)).toMatchObject({ status: 'stopped' });
    const again = fip();
    expect(await again.run('stop', nickname)).toBe(2);
    expect(again.stderr.text).toContain('not running (stopped)');
    const empty = new Fip(tools.path, engine);
    expect(await empty.run('list')).toBe(0);
    expect(empty.stdout.text).toContain('No runs here');
  });

  test('export writes the outcome, the curves and the weights of a run', async () => {
    expect(await fip().run('run', '--quiet', writeSpec(folder.path, {}))).toBe(0);
    const said = async (...args: string[]) => {
      const cli = fip();
      const code = await cli.run('export', 'fake.fip.yaml', ...args);
      return { code, out: cli.stdout.text, err: cli.stderr.text };
    };
    expect((await said()).out).toMatch(/^# [^]*\| prune, end [^]*## Spec\n\n```yaml\n/);
    expect((await said('--format', 'csv')).out).toMatch(/^leg,step,[^]*\r\nprune,2,/);
    const file = join(folder.path, 'report.json');
    expect(await said('--format', 'json', '--out', 'report.json')).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(JSON.parse(readFileSync(file, 'utf8')).report.status).toBe('completed');
    const weights = ['--format', 'weights', '--out', 'w.safetensors'];
    expect((await said(...weights, '--checkpoint', 'start')).code).toBe(0);
    expect(existsSync(join(folder.path, 'w.safetensors'))).toBe(true);
    expect(await said(...weights, '--checkpoint', 'nowhere')).toMatchObject({ code: 2 });
    expect((await said('--format', 'weights')).err).toContain('say --out FILE');
    expect((await said('--format', 'pdf')).err).toContain('json, weights and huggingface');
    expect((await said('--format', 'huggingface')).err).toContain('say --out DIR');
    const network = await said('--format', 'huggingface', '--out', 'network');
    expect(network.err).toContain('which transformers does not have');
    expect(existsSync(join(folder.path, 'network'))).toBe(false);
  });

  test('help and version', async () => {
    for (const args of [['--help'], ['help', 'run'], ['run', '--help'], ['doctor', '-h']]) {
      const cli = fip();
      expect(await cli.run(...args)).toBe(0);
      expect(cli.stdout.text).toMatch(/^Usage: fip /);
      expect(Math.max(...cli.stdout.lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    }
    const cli = fip();
    expect(await cli.run('--version')).toBe(0);
    expect(cli.stdout.text).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunEvent } from '../../server/src/protocol/generated';
import type { RunSummary } from '../../server/src/protocol/messages';
import type { StartOptions } from '../../server/src/runs/create-run';
import { RunService } from '../../server/src/runs/run-service';
import type { Experiment } from '../../server/src/spec/experiment';

/** An empty folder; `remove` takes it away. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'fip-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Bundles a script of this folder as it would be built; returns its path. */
export async function bundle(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, `${entry.replace(/^.*\//, '').replace(/\.ts$/, '')}.cjs`);
  const entryPoint = join(import.meta.dirname, '..', entry);
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

export const TEXT = `fip: 1
name: fake
`;

/** A resolved experiment; the fake engine looks at its name, seed and expectations only. */
export function experiment(seed = 0, more: Partial<Experiment> = {}): Experiment {
  return {
    fip: 1,
    name: 'fake',
    seed,
    backend: 'auto',
    data: {},
    model: { architecture: 'mlp', hidden: [1], activation: 'relu', classes: 2 },
    start: {},
    path: [],
    expect: [],
    ...more,
  };
}

/** What it takes to start a run of a spec in `directory`. */
export function startOptions(directory: string, seed = 0, file = 'fake.fip.yaml'): StartOptions {
  const specPath = join(directory, file);
  writeFileSync(specPath, TEXT);
  const uri = pathToFileURL(specPath).href;
  return { specPath, uri, text: TEXT, experiment: experiment(seed) };
}

/** A service that remembers what it told. */
export class Watched {
  readonly summaries: RunSummary[] = [];
  readonly events: { run: string; event: RunEvent }[] = [];
  readonly deleted: string[] = [];
  readonly service: RunService;

  constructor(engineScript: string) {
    this.service = new RunService({
      engineScript,
      onChanged: (summary) => this.summaries.push(summary),
      onEvents: (run, events) => events.forEach((event) => this.events.push({ run, event })),
      onDeleted: (run) => this.deleted.push(run),
    });
  }

  /** Resolves to the first summary of a run, told from now on or before, with one of these statuses. */
  until(run: string, ...statuses: RunSummary['status'][]): Promise<RunSummary> {
    return until(() => {
      const last = this.summaries.filter((summary) => summary.run === run).at(-1);
      return last && statuses.includes(last.status) ? last : undefined;
    });
  }

  /** Resolves once an event of this kind was streamed. */
  untilEvent(run: string, kind: RunEvent['event']): Promise<RunEvent> {
    return until(
      () => this.events.find((entry) => entry.run === run && entry.event.event === kind)?.event,
    );
  }
}

/** Polls until there is a value; fails after 20 seconds. */
export async function until<Value>(look: () => Value | undefined): Promise<Value> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited in vain: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Events without what differs between two runs of the same experiment: times, the run's id, resumptions. */
export function story(events: readonly RunEvent[]): unknown[] {
  return events
    .filter(({ event }) => event !== 'run-resumed')
    .map((event) => {
      const { seq: _seq, time: _time, ...rest } = event;
      const text = JSON.stringify(rest, (key, value) => (key === 'run' ? 'id' : value));
      return JSON.parse(text);
    });
}

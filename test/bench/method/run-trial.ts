import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../../server/src/protocol/generated';
import type { Spec, Start, Trial } from './figure';

/** Where a bench runs: the command line, the data root, the backend, and the folder that keeps specs, runs and outcomes. */
export interface Bench {
  cli: string;
  data: string;
  backend: string;
  folder: string;
}

/**
 * The report of a trial. What was run before is not run again: outcomes are kept by the text of their spec, so that an
 * interrupted bench goes on where it was.
 */
export function runTrial(bench: Bench, { start, spec }: Trial): Report {
  const weights = startWeights(bench, start);
  return reportOf(bench, { ...specOf(bench, start), start: { weights }, ...spec });
}

function specOf(bench: Bench, { seed, data, model }: Start): Spec {
  return { fip: 1, name: 'bench', seed, backend: bench.backend, data, model };
}

/** Trains a start network once; returns its file, relative to the bench's folder. */
function startWeights(bench: Bench, start: Start): string {
  const { train, weights } = start;
  const spec = {
    ...specOf(bench, start),
    start: { ...(weights !== undefined && { weights }), train },
    path: shortestPath(start),
  };
  const name = `start-${hashOf(spec)}`;
  const file = weights === undefined ? `${name}.safetensors` : `${name}/model.safetensors`;
  if (existsSync(join(bench.folder, file))) return file;
  const { run } = reportOf(bench, spec);
  const from = join(bench.folder, '.fip/runs', run, 'weights/start.safetensors');
  if (weights !== undefined) keepConfig(join(bench.folder, weights), join(bench.folder, name));
  copyFileSync(from, join(bench.folder, file));
  return file;
}

/** A published network keeps its sizes beside its weights. */
function keepConfig(published: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(published, 'config.json'), join(folder, 'config.json'));
}

/** A spec needs a path; this one takes no time. */
function shortestPath({ train }: Start): Spec[] {
  const solver = { type: 'geodesic', steps: 1, samples: 1, iterations: 1 };
  const objective = { type: 'sparsify', target: 0.1 };
  return [{ leg: 'none', objective, keep: { on: train['on'], memory: 1 }, solver }];
}

function reportOf(bench: Bench, spec: Spec): Report {
  const hash = hashOf(spec);
  const kept = join(bench.folder, `${hash}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Report;
  const report = run(bench, hash, spec);
  writeFileSync(kept, JSON.stringify(report));
  return report;
}

function run(bench: Bench, hash: string, spec: Spec): Report {
  mkdirSync(bench.folder, { recursive: true });
  const file = join(bench.folder, `${hash}.fip.yaml`);
  writeFileSync(file, JSON.stringify(spec, undefined, 1));
  const args = [bench.cli, 'run', '--json', '--data-root', bench.data, file];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const { report } = last.startsWith('{') ? (JSON.parse(last) as { report?: Report }) : {};
  if (report?.status !== 'completed')
    throw new Error(`${file} did not complete: ${report?.reason ?? (last || 'no report')}`);
  return report;
}

const hashOf = (spec: Spec) =>
  createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 12);

import { mkdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure, Row } from './figure';
import { runTrial, type Bench } from './run-trial';
import { tableOf } from './table';

/** What a bench draws, and what its options are where they are left out. */
export interface BenchPlan {
  figures: readonly Figure[];
  seeds: string;
  folder: string;
  /** Brings what the trials need into the bench's folder, an absolute path; `network` is the option of that name. */
  prepare?: (folder: string, network: string | undefined) => void;
}

function draw(figure: Figure, bench: Bench, seeds: readonly number[]): void {
  const rows: Row[] = [];
  for (const seed of seeds)
    for (const [index, trial] of figure.trials(seed).entries()) {
      const found = trial.rows(runTrial(bench, trial));
      rows.push(...found);
      console.error(`${figure.name}, seed ${seed}, trial ${index + 1}: ${JSON.stringify(found)}`);
    }
  console.log(`\n**${figure.title}**\n\n${tableOf(rows)}`);
}

function main({ figures, prepare, ...defaults }: BenchPlan): void {
  const { values: options } = parseArgs({
    options: {
      data: { type: 'string' },
      figures: { type: 'string', default: figures.map(({ name }) => name).join(',') },
      seeds: { type: 'string', default: defaults.seeds },
      backend: { type: 'string', default: 'auto' },
      folder: { type: 'string', default: defaults.folder },
      network: { type: 'string' },
    },
  });
  if (options.data === undefined) throw new Error('Say where the data lies: --data DIR.');
  const bench = {
    cli: join(__dirname, '../../server/bin/fip.cjs'),
    data: resolve(options.data),
    backend: options.backend,
    folder: resolve(options.folder),
  };
  const wanted = options.figures.split(',');
  const unknown = wanted.filter((name) => !figures.some((figure) => figure.name === name));
  if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}.`);
  mkdirSync(bench.folder, { recursive: true });
  prepare?.(bench.folder, options.network);
  const [{ model } = { model: 'an unknown processor' }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  console.log(`${date}, ${cpus().length} cores of ${model}, ${memory} GiB, ${options.backend}`);
  const seeds = options.seeds.split(',').map(Number);
  for (const figure of figures) if (wanted.includes(figure.name)) draw(figure, bench, seeds);
}

/** Does what the options of the process say; failures set its exit code. */
export function runBench(plan: BenchPlan): void {
  try {
    main(plan);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

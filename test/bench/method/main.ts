/**
 * Reproduces the figures of docs/results.md on real data: runs each figure's trials over several seeds by the command
 * line, as a user would, and prints a table in Markdown for each. What has been run is kept and not run again.
 */
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure, Row } from './figure';
import { FIGURES } from './figures';
import { runTrial, type Bench } from './run-trial';
import { tableOf } from './table';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    figures: { type: 'string', default: FIGURES.map(({ name }) => name).join(',') },
    seeds: { type: 'string', default: '1,2,3' },
    backend: { type: 'string', default: 'auto' },
    folder: { type: 'string', default: 'bench-method' },
  },
});

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

function main(): void {
  if (options.data === undefined) throw new Error('Say where the data lies: --data DIR.');
  const bench = {
    cli: join(__dirname, '../../server/bin/fip.cjs'),
    data: resolve(options.data),
    backend: options.backend,
    folder: resolve(options.folder),
  };
  const wanted = options.figures.split(',');
  const unknown = wanted.filter((name) => !FIGURES.some((figure) => figure.name === name));
  if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}.`);
  const [{ model } = { model: 'an unknown processor' }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  console.log(`${date}, ${cpus().length} cores of ${model}, ${memory} GiB, ${options.backend}`);
  const seeds = options.seeds.split(',').map(Number);
  for (const figure of FIGURES) if (wanted.includes(figure.name)) draw(figure, bench, seeds);
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

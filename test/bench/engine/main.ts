/**
 * Times the engine's operations on every backend that is there and, where it is installed, in PyTorch: in alternation,
 * so that both meet the same noise. Prints a report in Markdown and writes all numbers as JSON.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineEnvironment } from '../../../server/src/runs/engine-environment';
import { CASES, OPERATIONS } from './cases';
import { Contestant } from './contestant';
import type { Request } from './messages';
import { report } from './report';
import { Scoreboard, type Results } from './results';

const { values: options } = parseArgs({
  options: {
    backends: { type: 'string', default: 'tensorflow,wasm' },
    networks: { type: 'string', default: CASES.map(({ network }) => network).join(',') },
    rounds: { type: 'string', default: '7' },
    python: { type: 'string', default: process.env.FIP_BENCH_PYTHON ?? 'python3' },
    device: { type: 'string', default: 'cpu' },
    json: { type: 'string', default: 'bench-engine.json' },
  },
});

async function contestants(): Promise<Contestant[]> {
  const engine = (name: string) =>
    start(name, process.execPath, [join(__dirname, 'engine-contestant.js'), name]);
  const found = await Promise.all([
    ...options.backends.split(',').map(engine),
    start('torch', options.python, [join(__dirname, 'torch_contestant.py'), options.device]),
  ]);
  return found.flat();
}

async function start(name: string, command: string, args: string[]): Promise<Contestant[]> {
  try {
    return [await Contestant.start(name, command, args, engineEnvironment())];
  } catch (error) {
    console.error(`Without ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function requests(): Request[] {
  const networks = options.networks.split(',');
  return CASES.filter(({ network }) => networks.includes(network)).flatMap(
    ({ network, samples, iterations }, index) =>
      OPERATIONS.filter((operation) => operation !== 'matmul' || index === 0).map((operation) => ({
        network,
        operation,
        samples,
        iterations,
      })),
  );
}

async function race(all: readonly Contestant[]): Promise<Scoreboard> {
  const scores = new Scoreboard();
  for (const request of requests())
    for (let round = 1; round <= Number(options.rounds); round++)
      for (const contestant of all) {
        if (scores.hasFailed(contestant.name, request)) continue;
        scores.note(contestant.name, request, await contestant.time(request));
        console.error(`${request.operation} of ${request.network}, ${contestant.name}, ${round}`);
      }
  return scores;
}

async function main(): Promise<void> {
  const all = await contestants();
  const scores = await race(all);
  for (const contestant of all) contestant.stop();
  const [{ model } = { model: 'an unknown processor' }] = cpus();
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    contestants: all.map(({ name, about }) => ({ name, ...about })),
    timings: scores.timings,
    failures: scores.failures,
  };
  writeFileSync(options.json, JSON.stringify(results, null, 1) + '\n');
  console.log(report(results));
  console.log(`\nAll numbers: ${options.json}`);
}

void main();

/**
 * Times our language server beside yaml-language-server with the same JSON schema on the same files. Both are child
 * processes that take turns, round by round, so noise meets both alike. Prints tables in Markdown.
 */
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { ServerCommand } from './lsp-client';
import { tableOf } from './report';
import { specOfLines } from './specs';
import { Bench } from './trials';
import type { Times } from './trials';

const { values: options } = parseArgs({
  options: {
    other: { type: 'string', default: '' },
    lines: { type: 'string', default: '20,500,5000' },
    rounds: { type: 'string', default: '20' },
  },
});

const repository = join(__dirname, '../..');
const schema = pathToFileURL(join(repository, 'schemas/experiment.schema.json')).href;

const ours: ServerCommand = {
  name: 'fip',
  args: [join(repository, 'server/bin/fip-language-server.cjs'), '--stdio'],
  settings: {},
};

/** Nothing of its own is asked for beyond what ours does: no other schemas, no downloads. */
const other: ServerCommand = {
  name: 'yaml',
  args: [resolve(options.other), '--stdio'],
  settings: {
    yaml: {
      validate: true,
      hover: true,
      completion: true,
      schemas: { [schema]: '*.fip.yaml' },
      schemaStore: { enable: false },
    },
  },
};

async function race(lines: number, benches: readonly Bench[]): Promise<Times[][]> {
  const text = specOfLines(lines);
  const times: Times[][] = benches.map(() => []);
  // The first round warms both up.
  for (let round = 0; round <= Number(options.rounds); round++)
    for (const [i, bench] of benches.entries()) {
      const found = await bench.round(text);
      if (round > 0) times[i]?.push(found);
      console.error(`${lines} lines, round ${round}: ${JSON.stringify(found)}`);
    }
  return times;
}

async function main(): Promise<void> {
  const [{ model } = { model: 'an unknown processor' }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    `${date}, ${cpus().length} cores of ${model}, ${memory} GiB, Node.js ${process.version}`,
  );
  const benches = [await Bench.start(ours), await Bench.start(other)];
  for (const lines of options.lines.split(',').map(Number)) {
    const times = await race(lines, benches);
    console.log(
      `\n**${lines} lines**, ${options.rounds} rounds\n\n${tableOf([ours.name, other.name], times)}`,
    );
  }
  for (const bench of benches) bench.stop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

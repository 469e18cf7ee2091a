import { resolve } from 'node:path';
import type { Metrics, Report } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';
import type { RunService } from '../runs/run-service';
import { parseCommand, type Command } from './command';
import { outputWidth } from './context';
import { exitCodes } from './exit-codes';
import { keyMetrics } from './progress-line';
import { renderTable, type Column } from './table';
import { UsageError } from './usage-error';
import { withRuns } from './with-runs';

export const listCommand: Command = {
  name: 'list',
  summary: 'List the runs of the specs in a folder.',
  help: `Usage: fip list [DIR] [options]

Lists the runs of the specs in DIR (default: the current folder), newest first.

Options:
  --json    Print the runs, one line of JSON each, and nothing else.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 1) throw new UsageError('Only one DIR is taken.');
    const directory = resolve(context.cwd, positionals[0] ?? '.');
    await withRuns(directory, context, async (service) => {
      const runs = await service.list([directory]);
      const lines = values.json
        ? runs.map((summary) => JSON.stringify(summary))
        : humanLines(runs, service, outputWidth(context.stdout));
      lines.forEach((line) => context.stdout.write(`${line}\n`));
    });
    return exitCodes.good;
  },
};

const COLUMNS: readonly Column[] = [
  { title: ['run'], align: 'left' },
  { title: ['status'], align: 'left' },
  { title: ['started'], align: 'left' },
  { title: ['experiment'], align: 'left' },
  { title: ['end'], align: 'left' },
];

function humanLines(runs: readonly RunSummary[], service: RunService, width: number): string[] {
  if (runs.length === 0) return ['No runs here. Start one with: fip run SPEC'];
  const rows = runs.map((summary) => [
    summary.label === undefined ? summary.nickname : `${summary.nickname} (${summary.label})`,
    summary.status,
    summary.started.slice(0, 16).replace('T', ' '),
    summary.name,
    keyMetrics(lastNetwork(service.view(summary.run).report)),
  ]);
  return renderTable(COLUMNS, rows, width);
}

/** The end of the last leg; without a path, the network itself. */
const lastNetwork = (report: Report | undefined): Metrics | undefined =>
  report?.legs.at(-1)?.end ?? report?.start;

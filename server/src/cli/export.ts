import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { RunFormat } from '../protocol/messages';
import { runFiles } from '../runs/run-folder';
import { onePositional, parseCommand, type Command } from './command';
import { exitCodes } from './exit-codes';
import { exportNetwork } from './export-network';
import { findRun } from './run-reference';
import { UsageError } from './usage-error';
import { withRuns } from './with-runs';

const FORMATS: readonly RunFormat[] = ['markdown', 'html', 'csv', 'json'];

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a run as Markdown, HTML, CSV or JSON, or its network.',
  help: `Usage: fip export RUN [options]

Writes what a run measured, or its network. RUN is a run's folder, an id or nickname that \`fip list\` shows, or a spec, which stands for
its newest run.

Options:
  --format FORMAT     markdown (the outcome and the spec; default), html (the same with curves, in one file), csv (a line
                      for each checkpoint), json (the report and the checkpoints), weights (a safetensors file), or
                      huggingface (a folder with config.json, model.safetensors and the tokenizer, which transformers
                      loads; of bert, vit and deit).
  --checkpoint NAME   With weights and huggingface: which network, such as start or LEG-end. The last one where it is left
                      out.
  --out PATH          Where to write; standard output where it is left out. Weights need a file, huggingface a folder.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      format: { type: 'string', default: 'markdown' },
      checkpoint: { type: 'string' },
      out: { type: 'string' },
    });
    const run = findRun(onePositional(positionals, 'RUN'), context.cwd);
    const { directory, facts, folder } = run;
    if (values.format === 'weights') {
      if (values.out === undefined) throw new UsageError('Weights need a file: say --out FILE.');
      copyFileSync(weightsOf(folder, values.checkpoint), resolve(context.cwd, values.out));
      return exitCodes.good;
    }
    if (values.format === 'huggingface') {
      if (values.out === undefined)
        throw new UsageError('A network needs a folder: say --out DIR.');
      const out = resolve(context.cwd, values.out);
      const files = await exportNetwork(run, weightsOf(folder, values.checkpoint), out);
      context.stdout.write(`Wrote ${files.join(', ')} to ${values.out}.\n`);
      return exitCodes.good;
    }
    const format = FORMATS.find((name) => name === values.format);
    if (!format)
      throw new UsageError(
        `There is no format '${values.format}'. There are ${FORMATS.join(', ')}, weights and huggingface.`,
      );
    const text = await withRuns(directory, context, (service) => service.export(facts.run, format));
    if (values.out === undefined) context.stdout.write(text);
    else writeFileSync(resolve(context.cwd, values.out), text);
    return exitCodes.good;
  },
};

/** The file of a checkpoint's weights. */
function weightsOf(folder: string, checkpoint: string | undefined): string {
  const { weights } = runFiles(folder);
  const names = existsSync(weights) ? readdirSync(weights).sort() : [];
  const written = (name: string) => statSync(join(weights, name)).mtimeMs;
  const newest = [...names].sort((a, b) => written(a) - written(b)).at(-1);
  const wanted = checkpoint === undefined ? newest : `${checkpoint}.safetensors`;
  if (wanted === undefined || !names.includes(wanted))
    throw new UsageError(
      names.length === 0
        ? 'The run has written no weights.'
        : `The run has no weights '${checkpoint ?? ''}'. It has ${names.map((name) => basename(name, '.safetensors')).join(', ')}.`,
    );
  return join(weights, wanted);
}

import type { Experiment } from '../spec/experiment';
import { onePositional, parseCommand, type Command } from './command';
import type { CliContext } from './context';
import { diagnosticLines } from './diagnostic-lines';
import { exitCodes } from './exit-codes';
import { followRun } from './follow-run';
import { HumanPrinter } from './human-printer';
import { jsonPrinter } from './json-printer';
import { dataRootFrom, readSpec, type ReadSpec } from './read-spec';
import { specUri } from './run-reference';
import { styleFor } from './style';
import { UsageError } from './usage-error';

const BACKENDS: readonly Experiment['backend'][] = ['auto', 'webgpu', 'tensorflow', 'wasm'];

export const runCommand: Command = {
  name: 'run',
  summary: 'Run the experiment of a spec.',
  help: `Usage: fip run SPEC [options]

Runs the experiment and shows its progress and outcome. The run's folder is .fip/runs beside the spec.
Ctrl-C finishes the step and saves; a second Ctrl-C ends at once. Either can be resumed.

Options:
  --json            Print the events, one line of JSON each, and nothing else.
  --data-root DIR   Look data files up in DIR first (default: the variable FIP_DATA_ROOT).
  --backend NAME    Compute on auto, webgpu, tensorflow or wasm, whatever the spec says.
  --quiet           Show the outcome only.

Exit codes: 0 good, 1 an expectation failed, 2 the spec is invalid, 3 the run failed, 130 stopped.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      json: { type: 'boolean', default: false },
      'data-root': { type: 'string' },
      backend: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    });
    const file = onePositional(positionals, 'SPEC');
    const backend = checkBackend(values.backend);
    const dataRoot = dataRootFrom(values['data-root'], context);
    const spec = await readSpec(file, context.cwd, dataRoot);
    if (!(values.json || values.quiet) || !spec.experiment) printDiagnostics(spec, context);
    const { experiment, path, text } = spec;
    if (!experiment) return exitCodes.specInvalid;
    const printer = values.json
      ? jsonPrinter(context.stdout, context.stderr)
      : new HumanPrinter(context, { quiet: values.quiet, experiment });
    return followRun(context, printer, (service) =>
      service.start({ specPath: path, uri: specUri(path), text, experiment, dataRoot, backend }),
    );
  },
};

function checkBackend(name: string | undefined): Experiment['backend'] | undefined {
  if (name === undefined) return undefined;
  const backend = BACKENDS.find((known) => known === name);
  if (backend) return backend;
  throw new UsageError(`There is no backend '${name}'. Take one of ${BACKENDS.join(', ')}.`);
}

/** On stderr, so that stdout is the run's alone. */
function printDiagnostics({ diagnostics, text }: ReadSpec, { stderr, env }: CliContext): void {
  const style = styleFor(stderr, env);
  const lines = diagnostics.flatMap((diagnostic) => diagnosticLines(diagnostic, text, style));
  lines.forEach((line) => stderr.write(`${line}\n`));
}

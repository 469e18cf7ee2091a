import { onePositional, parseCommand, type Command } from './command';
import { exitCodes } from './exit-codes';
import { findRun } from './run-reference';
import { withRuns } from './with-runs';

export const stopCommand: Command = {
  name: 'stop',
  summary: 'Stop a run that was started elsewhere.',
  help: `Usage: fip stop RUN [options]

Asks a run to finish its step and save. RUN is a run's folder, an id or nickname that \`fip list\` shows, or a spec,
which stands for its newest run.

Options:
  --kill    End its engine at once. What it saved last can be resumed.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      kill: { type: 'boolean', default: false },
    });
    const { directory, facts } = findRun(onePositional(positionals, 'RUN'), context.cwd);
    await withRuns(directory, context, (service) =>
      service.stop(facts.run, values.kill ? 'kill' : 'stop'),
    );
    const told = values.kill
      ? 'was ended at once; `fip resume` goes on from what it saved last.'
      : 'was asked to stop; it finishes its step and saves.';
    context.stdout.write(`${facts.nickname} ${told}\n`);
    return exitCodes.good;
  },
};

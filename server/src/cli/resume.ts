import { onePositional, parseCommand, type Command } from './command';
import { followRun } from './follow-run';
import { HumanPrinter } from './human-printer';
import { jsonPrinter } from './json-printer';
import { readExperiment } from '../runs/read-experiment';
import { findRun } from './run-reference';

export const resumeCommand: Command = {
  name: 'resume',
  summary: 'Go on with a run that was stopped or interrupted.',
  help: `Usage: fip resume RUN [options]

Goes on where the run stood. RUN is a run's folder, an id or nickname that \`fip list\` shows, or a spec, which stands
for its newest run.

Options:
  --json    Print the events of the whole run, one line of JSON each, and nothing else.
  --quiet   Show the outcome only.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
    });
    const { directory, facts, folder } = findRun(onePositional(positionals, 'RUN'), context.cwd);
    const experiment = readExperiment(folder);
    const since = new Date().toISOString();
    const printer = values.json
      ? jsonPrinter(context.stdout, context.stderr)
      : new HumanPrinter(context, { quiet: values.quiet, experiment, since });
    return followRun(context, printer, async (service) => {
      await service.load(directory);
      return service.resume(facts.run);
    });
  },
};

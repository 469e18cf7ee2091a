import { onePositional, parseCommand, type Command } from './command';
import { outputWidth } from './context';
import { exitCodes } from './exit-codes';
import { outcomeLines } from './outcome';
import { readExperiment } from '../runs/read-experiment';
import { findRun, resumeCommand } from './run-reference';
import { styleFor } from './style';
import { UsageError } from './usage-error';
import { withRuns } from './with-runs';

export const showCommand: Command = {
  name: 'show',
  summary: 'Show the outcome of a run.',
  help: `Usage: fip show RUN [options]

Shows the result table of a run. RUN is a run's folder, an id or nickname that \`fip list\` shows, or a spec, which
stands for its newest run.

Options:
  --json    Print the report as one line of JSON, and nothing else.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      json: { type: 'boolean', default: false },
    });
    const { directory, facts, folder } = findRun(onePositional(positionals, 'RUN'), context.cwd);
    const { stdout, env, cwd } = context;
    return withRuns(directory, context, async (service) => {
      const { summary } = await service.events(facts.run, Number.MAX_SAFE_INTEGER);
      const view = service.view(facts.run);
      if (values.json && !view.report)
        throw new UsageError(`${facts.nickname} has no report (it is ${summary.status}).`);
      const resume = resumeCommand(summary, cwd);
      const outcome = { summary, view, experiment: readExperiment(folder), resume, cwd };
      const style = styleFor(stdout, env);
      const lines = values.json
        ? [JSON.stringify(view.report)]
        : [
            `${style.bold(summary.name)}  run ${style.cyan(summary.nickname)}`,
            '',
            ...outcomeLines(outcome, outputWidth(stdout), style),
          ];
      lines.forEach((line) => stdout.write(`${line}\n`));
      return exitCodes.good;
    });
  },
};

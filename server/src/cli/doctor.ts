import type { DoctorReport } from '../protocol/generated';
import { probeEngine } from '../runs/probe-engine';
import { parseCommand, type Command } from './command';
import { exitCodes } from './exit-codes';
import { styleFor, type Style } from './style';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Show what this machine can compute on.',
  help: `Usage: fip doctor [options]

Tries every backend and tells which one \`backend: auto\` takes, and what to do for the others.

Options:
  --json    Print the findings as one line of JSON, and nothing else.
`,
  async run(args, context) {
    const { values } = parseCommand(args, { json: { type: 'boolean', default: false } });
    const report = await probeEngine({ engineScript: context.engineScript });
    const lines = values.json
      ? [JSON.stringify(report)]
      : humanLines(report, styleFor(context.stdout, context.env));
    lines.forEach((line) => context.stdout.write(`${line}\n`));
    return report.backends.some(({ available }) => available)
      ? exitCodes.good
      : exitCodes.runFailed;
  },
};

function humanLines({ node, backends, chosen }: DoctorReport, style: Style): string[] {
  const findings = backends.flatMap(({ name, available, device, software, reason, remedy }) => {
    const mark = available ? style.green('✓') : style.red('✗');
    const where = device === null ? '' : ` on ${device}${software ? ' (emulated)' : ''}`;
    return [
      `${mark} ${style.bold(name)}${where}: ${reason}`,
      ...(remedy === null ? [] : [`    ${remedy}`]),
    ];
  });
  return [`Node.js ${node}`, ...findings, `\`backend: auto\` takes ${chosen}.`];
}

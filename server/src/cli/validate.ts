import type { FileDiagnostic } from '../protocol/generated';
import { parseCommand, type Command } from './command';
import { diagnosticLines } from './diagnostic-lines';
import { exitCodes } from './exit-codes';
import { plural } from './format';
import { dataRootFrom, readSpec, type ReadSpec } from './read-spec';
import { styleFor } from './style';
import { UsageError } from './usage-error';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'Check specs without running them.',
  help: `Usage: fip validate FILE... [options]

Checks specs as the editor does. Says nothing but "no findings" where all is well.

Options:
  --json            Print the findings, one line of JSON each, and nothing else.
  --data-root DIR   Look data files up in DIR first (default: the variable FIP_DATA_ROOT).

Exit codes: 0 no errors (there may be warnings), 2 at least one error.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      json: { type: 'boolean', default: false },
      'data-root': { type: 'string' },
    });
    if (positionals.length === 0) throw new UsageError('FILE is missing.');
    const dataRoot = dataRootFrom(values['data-root'], context);
    const style = styleFor(context.stdout, context.env);
    const all: FileDiagnostic[] = [];
    for (const file of positionals) {
      const spec = await readSpec(file, context.cwd, dataRoot);
      all.push(...spec.diagnostics);
      const lines = values.json ? jsonLines(spec) : humanLines(spec, style);
      lines.forEach((line) => context.stdout.write(`${line}\n`));
    }
    if (!values.json) context.stdout.write(`${verdict(all, positionals.length)}\n`);
    const invalid = all.some(({ severity }) => severity === 'error');
    return invalid ? exitCodes.specInvalid : exitCodes.good;
  },
};

function jsonLines({ diagnostics }: ReadSpec): string[] {
  return diagnostics.map((diagnostic) => JSON.stringify(diagnostic));
}

function humanLines({ diagnostics, text }: ReadSpec, style: ReturnType<typeof styleFor>): string[] {
  return diagnostics.flatMap((diagnostic) => diagnosticLines(diagnostic, text, style));
}

function verdict(diagnostics: readonly FileDiagnostic[], files: number): string {
  const number = (severity: FileDiagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const errors = number('error');
  const warnings = number('warning');
  const found =
    diagnostics.length === 0
      ? 'no findings'
      : `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  return `${plural(files, 'file')}: ${found}.`;
}

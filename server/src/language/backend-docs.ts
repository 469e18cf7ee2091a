/** What a run would compute on, and what the last one did. */
import type { DoctorReport } from '../protocol/generated';
import type { LatestRun } from './latest-run';

/**
 * The backends of this machine as Markdown, and what the last run computed on.
 * @param chosen as the spec has it
 * @param report undefined where nobody has tried the backends, as in a workspace that is not trusted
 */
export function backendDocs(
  chosen: string,
  report: DoctorReport | undefined,
  run: LatestRun | undefined,
): string | undefined {
  const parts = [...(report ? here(chosen, report) : []), ...last(run)];
  return parts.length > 0 ? parts.join('\n\n') : undefined;
}

function here(chosen: string, { chosen: best, backends }: DoctorReport): string[] {
  const name = chosen === 'auto' ? best : chosen;
  const taken = backends.find((backend) => backend.name === name);
  const lead = chosen === 'auto' ? `On this machine \`auto\` takes **${name}**` : `**${name}**`;
  const state = !taken
    ? ''
    : taken.available
      ? `${lead}, on ${taken.device ?? 'its device'}. ${taken.reason}`
      : `${lead} cannot be used here: ${taken.reason}${taken.remedy === null ? '' : ` ${taken.remedy}`}`;
  const others = backends.filter((backend) => backend.name !== name);
  const rows = others.map(
    ({ name: other, available, device, reason }) =>
      `- ${other}: ${available ? `there, on ${device ?? 'its device'}` : reason}`,
  );
  return [state, rows.join('\n')].filter(Boolean);
}

function last(run: LatestRun | undefined): string[] {
  const backend = run?.view.backend;
  if (!backend) return [];
  return [`The last run computed on ${backend.name} (${backend.device}). ${backend.reason}`];
}

/** A run's outcome as a page of Markdown, to be pasted into a note or a pull request. */
import type { ExpectationResult, Metrics } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';
import { runName } from '../protocol/run-name';
import type { RunView } from '../protocol/run-view';
import { flatMetrics } from '../protocol/flat-metrics';

/** What the page is made of; `spec` is the text that was run. */
export interface ExportedRun {
  summary: RunSummary;
  view: RunView;
  spec: string;
}

export function runMarkdown({ summary, view, spec }: ExportedRun): string {
  const parts = [
    `# ${plain(summary.name)}`,
    runFacts(summary, view, plain),
    view.report?.reason && `> ${plain(view.report.reason)}`,
    metricsTable(view),
    section('Expectations', (view.report?.expectations ?? []).map(expectationLine)),
    section(
      'Warnings',
      view.warnings.map(({ code, message }) => `- ${plain(message)} (${code})`),
    ),
    `## Spec\n\n${fenced(spec)}`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/**
 * What a run was, in a line.
 * @param plain takes the meaning of markup out of names
 */
export function runFacts(
  summary: RunSummary,
  view: RunView,
  plain: (text: string) => string,
): string {
  const { report, backend } = view;
  const computed = backend && `${backend.name} on ${backend.device}`;
  const seconds = report && `${report.seconds.toFixed(1)} s`;
  const parts = [
    `Run ${plain(runName(summary))}`,
    summary.status,
    summary.started,
    computed && plain(computed),
    seconds,
    `seed ${view.seed}`,
    view.parameters > 0 && `${view.parameters.toLocaleString('en')} parameters`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** A row for each network that was measured, a column for each number that any of them has. */
function metricsTable(view: RunView): string {
  const rows = networks(view).map(([name, metrics]) => ({ name, flat: overall(metrics) }));
  if (rows.length === 0) return '';
  const columns = [...new Set(rows.flatMap(({ flat }) => [...flat.keys()]))];
  const lines = [
    ['', ...columns],
    ['---', ...columns.map(() => '---:')],
    ...rows.map(({ name, flat }) => [name, ...columns.map((column) => shown(flat.get(column)))]),
  ];
  return lines.map((cells) => `| ${cells.map(plain).join(' | ')} |`).join('\n');
}

/** A column for every layer would be wider than any page. */
export function overall(metrics: Metrics): Map<string, number | null> {
  const { sparsity_by_layer: _, ...others } = metrics;
  return flatMetrics(others);
}

/** The networks of a run that were measured, by what they are. */
export function networks({ start, legs, report }: RunView): [string, Metrics][] {
  const ofLegs = legs.flatMap(({ leg, projected, report: ended, checkpoints }) => {
    const end = ended?.end ?? checkpoints.at(-1)?.metrics;
    const baselines = (report?.baselines ?? []).filter((baseline) => baseline.leg === leg);
    return [
      ...(projected ? [[`${leg}, projected without a path`, projected] as const] : []),
      ...(end ? [[`${leg}, end`, end] as const] : []),
      ...baselines.map(({ baseline, end: met }) => [`${leg}, ${baseline}`, met] as const),
    ];
  });
  return [...(start ? [['start', start] as const] : []), ...ofLegs].map(([name, metrics]) => [
    name,
    metrics,
  ]);
}

function expectationLine({ passed, message, metric, at }: ExpectationResult): string {
  return `- ${passed ? '✓' : '✗'} ${plain(message ?? `${metric} at ${at}`)}`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length > 0 ? `## ${title}\n\n${lines.join('\n')}` : '';

/** A measured value as text; empty where it was not measured. */
export function shown(value: number | null | undefined): string {
  if (value === undefined) return '';
  return value === null ? 'not finite' : String(Number(value.toPrecision(4)));
}

/** Names come from a spec: none of their characters may end a cell or begin a tag. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_]/g, (mark) => `\\${mark}`);

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text.trimEnd()}\n${fence}`;
}

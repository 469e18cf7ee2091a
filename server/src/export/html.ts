/** A run's outcome as one file of HTML: nothing is loaded and no script runs, so that it can be kept and passed on. */
import type { Metrics } from '../protocol/generated';
import { runName } from '../protocol/run-name';
import type { RunView } from '../protocol/run-view';
import { escapeHtml } from './escape-html';
import { networks, overall, runFacts, shown, type ExportedRun } from './markdown';
import { reportChart, type Curve } from './report-chart';

export function runHtml({ summary, view, spec }: ExportedRun): string {
  const title = escapeHtml(`${summary.name} · ${runName(summary)}`);
  const parts = [
    `<h1>${escapeHtml(summary.name)}</h1>`,
    `<p>${runFacts(summary, view, escapeHtml)}</p>`,
    view.report?.reason && `<p class="bad">${escapeHtml(view.report.reason)}</p>`,
    metricsTable(view),
    charts(view),
    list('Expectations', expectations(view)),
    list(
      'Warnings',
      view.warnings.map(({ message, code }) => `${message} (${code})`),
    ),
    `<h2>Spec</h2><pre>${escapeHtml(spec.trimEnd())}</pre>`,
  ];
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${STYLE}</style></head>
<body><main>
${parts.filter(Boolean).join('\n')}
</main></body></html>
`;
}

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:auto;padding:1.5rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.3em .7em;border-bottom:1px solid #8886;text-align:right;white-space:nowrap}tbody th{text-align:left}
figure{margin:1.5rem 0}figcaption{font-weight:600}figure>svg{width:100%;max-width:640px;font-size:11px;fill:currentColor}.grid{stroke:#8886}
.legend{display:flex;flex-wrap:wrap;gap:.2em 1.2em;padding:0;list-style:none}.sample{width:28px;height:8px;margin-right:.4em}
pre{padding:1em;overflow:auto;border:1px solid #8886}.bad{border-left:4px solid #c0392b;padding-left:.8em;white-space:pre-line}`;

function metricsTable(view: RunView): string {
  const rows = networks(view).map(([name, metrics]) => ({ name, flat: overall(metrics) }));
  if (rows.length === 0) return '';
  const columns = [...new Set(rows.flatMap(({ flat }) => [...flat.keys()]))];
  const head = ['', ...columns].map((text) => `<th scope="col">${escapeHtml(text)}</th>`);
  const body = rows.map(({ name, flat }) => {
    const cells = columns.map((column) => `<td>${shown(flat.get(column))}</td>`);
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
  });
  return `<h2>Networks</h2><div class="scroll" tabindex="0" role="region" aria-label="Networks"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

type Value = (metrics: Metrics) => number | null | undefined;

function charts(view: RunView): string {
  const measured = view.legs.flatMap(({ checkpoints }) => checkpoints);
  const sets = [...new Set(measured.flatMap(({ metrics }) => Object.keys(metrics.accuracy)))];
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const short = (value: number) => String(Number(value.toPrecision(3)));
  const curve = (name: string, value: Value): Curve => ({ name, points: alongPath(view, value) });
  const pictures = [
    reportChart(
      'Accuracy along the path',
      sets.map((name) => curve(name, ({ accuracy }) => accuracy[name])),
      percent,
    ),
    measured.some(({ metrics }) => metrics.sparsity)
      ? reportChart('Sparsity', [curve('sparsity', ({ sparsity }) => sparsity)], percent)
      : '',
    reportChart(
      'Output distance since the leg began',
      [
        curve('held out', ({ output_distance }) => output_distance?.['held_out']),
        curve('memory', ({ output_distance }) => output_distance?.['memory']),
      ],
      short,
    ),
  ].filter(Boolean);
  return pictures.length > 0 ? `<h2>Curves</h2>${pictures.join('')}` : '';
}

/** The legs laid end to end. */
function alongPath({ legs }: RunView, value: Value): [number, number | null][] {
  let from = 0;
  return legs.flatMap(({ steps, checkpoints }) => {
    const start = from;
    from += steps;
    return checkpoints.flatMap(({ step, metrics }): [number, number | null][] => {
      const y = value(metrics);
      return y === undefined ? [] : [[start + step, y]];
    });
  });
}

function expectations({ report }: RunView): string[] {
  return (report?.expectations ?? []).map(
    ({ passed, message, metric, at }) => `${passed ? '✓' : '✗'} ${message ?? `${metric} at ${at}`}`,
  );
}

function list(title: string, lines: readonly string[]): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`);
  return lines.length > 0 ? `<h2>${title}</h2><ul>${items.join('')}</ul>` : '';
}

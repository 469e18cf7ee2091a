/** The ensembles of a leg, its own and those trained beside it, as a Markdown table. */
import type { Ensemble } from '../protocol/generated';
import type { LegView } from '../protocol/run-view';
import type { LatestRun } from './latest-run';
import { metricText } from './numbers';

/** What a leg has found, where that is several networks; undefined before it has. */
export function ensembleTable({ view }: LatestRun, { leg, report }: LegView): string | undefined {
  const own = report?.ensemble;
  if (!own) return undefined;
  const beside = view.baselines.flatMap(({ baseline, leg: at, report: found }) =>
    at === leg && found?.ensemble ? [{ title: baseline, ensemble: found.ensemble }] : [],
  );
  const columns = [{ title: 'the path', ensemble: own }, ...beside];
  const head = `| ensemble | ${columns.map(({ title }) => title).join(' | ')} |`;
  const rule = `|---|${columns.map(() => '---:|').join('')}`;
  const row = (title: string, cell: (ensemble: Ensemble) => string) =>
    `| ${title} | ${columns.map(({ ensemble }) => cell(ensemble)).join(' | ')} |`;
  return [head, rule, ...rowsOf(own, row)].join('\n');
}

function rowsOf(
  { accuracy }: Ensemble,
  row: (title: string, cell: (ensemble: Ensemble) => string) => string,
): string[] {
  const together = (on: string) => (ensemble: Ensemble) =>
    metricText('accuracy', ensemble.accuracy[on]);
  const alone = (on: string) => (ensemble: Ensemble) =>
    ensemble.members.map((member) => metricText('accuracy', member.accuracy[on])).join(' · ');
  return [
    ...Object.keys(accuracy).flatMap((on) => [
      row(`accuracy together, ${on}`, together(on)),
      row(`of each of them, ${on}`, alone(on)),
    ]),
    row('two disagree', ({ disagreement }) => metricText('accuracy', disagreement)),
    row('largest cosine of input gradients', ({ coherence }) => metricText('', coherence)),
    row('apart by layer', ({ layer_diversity: layers = {} }) => layerWords(layers)),
  ];
}

/** Layers that are named; the report has all. */
const LAYERS = 4;

/** The layers in which members differ most. */
function layerWords(layers: NonNullable<Ensemble['layer_diversity']>): string {
  const most = Object.entries(layers).sort(([, a], [, b]) => (b ?? 0) - (a ?? 0));
  const words = most.slice(0, LAYERS).map(([name, apart]) => `${name} ${metricText('', apart)}`);
  return [...words, ...(most.length > LAYERS ? ['…'] : [])].join(' · ');
}

import type { Ensemble, NumbersByName, Report } from '../protocol/generated';
import { count, percent, short } from './format';
import { renderTable, type Column } from './table';

const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});

/**
 * The ensembles that legs have found, and those that baselines have trained beside them, as tables: a row for each member
 * and one for all together.
 */
export function ensembleLines(
  { legs, baselines }: Pick<Report, 'legs' | 'baselines'>,
  width: number,
): string[] {
  const named = legs.flatMap(({ leg, ensemble }) => [
    { name: leg, ensemble },
    ...baselines
      .filter((beside) => beside.leg === leg)
      .map((beside) => ({ name: `${leg}-${beside.baseline}`, ensemble: beside.ensemble })),
  ]);
  const found = named.flatMap(({ name, ensemble }) =>
    ensemble ? [partLines(name, ensemble, width)] : [],
  );
  return found.flatMap((lines, i) => (i > 0 ? ['', ...lines] : lines));
}

function partLines(name: string, ensemble: Ensemble, width: number): string[] {
  return [
    ...tableOf(name, ensemble, width),
    ...differenceLines(ensemble),
    ...layerLines(ensemble, width),
  ];
}

function tableOf(name: string, { members, accuracy }: Ensemble, width: number): string[] {
  const dataSets = Object.keys(accuracy);
  const columns: Column[] = [
    { title: ['ensemble', ''], align: 'left' },
    ...dataSets.map((on) => right('accuracy', on)),
    right('arc', 'length'),
    right('distance', 'in weights'),
  ];
  const shares = (own: NumbersByName) => dataSets.map((on) => percent(own[on]));
  const rows = members.map((member, i) => [
    `${name}-member-${i + 1}`,
    ...shares(member.accuracy),
    short(member.arc_length),
    short(member.weight_distance),
  ]);
  return renderTable(columns, [...rows, ['together', ...shares(accuracy), '', '']], width);
}

function differenceLines({ disagreement, coherence }: Ensemble): string[] {
  const differ = `Two members disagree on ${percent(disagreement)} of the kept test samples`;
  if (coherence === undefined) return [`${differ}.`];
  return [`${differ}; the largest cosine of their input gradients is ${short(coherence)}.`];
}

/** Arrays of weights that are named; a transformer has hundreds. */
const LAYERS = 16;

/** How far two members are apart in each array of weights, the most diverse ones where there are many. */
function layerLines({ layer_diversity: layers = {} }: Ensemble, width: number): string[] {
  const all = Object.entries(layers);
  if (all.length === 0) return [];
  const most = [...all].sort(([, a], [, b]) => (b ?? 0) - (a ?? 0)).slice(0, LAYERS);
  const shown = all.filter((layer) => most.includes(layer));
  const columns: Column[] = [
    { title: ['members apart', '0 alike, 1 nothing in common'], align: 'left' },
    right('', 'in layer'),
  ];
  const rest = all.length - shown.length;
  return [
    ...renderTable(
      columns,
      shown.map(([name, apart]) => [name, short(apart)]),
      width,
    ),
    ...(rest > 0 ? [`The report has ${count(rest)} more, in which they are nearer.`] : []),
  ];
}

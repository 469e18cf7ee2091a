import type { Ensemble, NumbersByName, Report } from '../protocol/generated';
import { percent, short } from './format';
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
  return named.flatMap(({ name, ensemble }) =>
    ensemble ? [...tableOf(name, ensemble, width), ...differenceLines(ensemble)] : [],
  );
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

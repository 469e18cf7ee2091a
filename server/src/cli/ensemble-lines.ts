import type { Ensemble, LegReport, NumbersByName } from '../protocol/generated';
import { percent, short } from './format';
import { renderTable, type Column } from './table';

const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});

/** The ensembles that legs have found as tables: a row for each member and one for all together. */
export function ensembleLines(legs: readonly LegReport[], width: number): string[] {
  return legs.flatMap(({ leg, ensemble }) =>
    ensemble ? [...tableOf(leg, ensemble, width), ...differenceLines(ensemble)] : [],
  );
}

function tableOf(leg: string, { members, accuracy }: Ensemble, width: number): string[] {
  const names = Object.keys(accuracy);
  const columns: Column[] = [
    { title: ['ensemble', ''], align: 'left' },
    ...names.map((name) => right('accuracy', name)),
    right('arc', 'length'),
    right('distance', 'in weights'),
  ];
  const shares = (own: NumbersByName) => names.map((name) => percent(own[name]));
  const rows = members.map((member, i) => [
    `${leg}-member-${i + 1}`,
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

import type { PathPca } from '../protocol/generated';
import { NONE, percent, plural, short } from './format';
import { renderTable, type Column } from './table';

const right = (title: string): Column => ({ title: [title], align: 'right' });
const COLUMNS = [
  { title: ['weight space'], align: 'left' } as const,
  right('x'),
  right('y'),
  right('z'),
];

/** Where the first network, the ends of the legs and the baselines lie, and how much of the spread that shows. */
export function pcaLines(pca: PathPca | undefined, width: number): string[] {
  if (!pca) return [];
  const shares = pca.explained.map((share) => percent(share) || NONE);
  const rows = pca.points
    .filter(isEnd)
    .map(({ leg, baseline, x, y, z }) => [
      [leg ?? 'start', baseline].filter(Boolean).join(', '),
      ...[x, y, z].map((value) => short(value)),
    ]);
  return [
    ...renderTable(COLUMNS, [...rows, ['share of the variance', ...shares]], width),
    `Principal components of ${plural(pca.points.length, 'network')}; the report has all of them.`,
  ];
}

/** The start, a baseline, or the last network of its leg. */
function isEnd(
  { leg, baseline }: PathPca['points'][number],
  index: number,
  points: PathPca['points'],
): boolean {
  if (leg === undefined || baseline !== undefined) return true;
  return points.findLastIndex((one) => one.leg === leg && one.baseline === undefined) === index;
}

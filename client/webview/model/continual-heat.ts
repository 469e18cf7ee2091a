import type { Continual, TaskMatrix } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { share, type HeatRow, type HeatTable } from './heat-table';

/** The accuracy on each task after each leg, for the path and each baseline; none for other paths. */
export function continualHeat(continual: Continual | undefined, t: Translate): HeatTable[] {
  if (!continual) return [];
  const { accuracy, accuracy_within: within, baselines } = continual;
  const table = (id: string, title: string, matrix: TaskMatrix) =>
    matrixTable(id, title, matrix, continual, t);
  const known = (name: string) => t('{0}, task known', name);
  return [
    table('continual', t('Tasks along the path'), accuracy),
    ...(within ? [table('continual-within', known(t('Tasks along the path')), within)] : []),
    ...baselines.flatMap((one) => [
      table(`continual-${one.baseline}`, t('Tasks, baseline {0}', one.baseline), one.accuracy),
      ...(one.accuracy_within
        ? [
            table(
              `continual-within-${one.baseline}`,
              known(t('Tasks, baseline {0}', one.baseline)),
              one.accuracy_within,
            ),
          ]
        : []),
    ]),
  ];
}

function matrixTable(
  id: string,
  title: string,
  matrix: TaskMatrix,
  { tasks }: Continual,
  t: Translate,
): HeatTable {
  return {
    id,
    title,
    caption: t(
      'Accuracy on each task after each leg, and what was forgotten of it since its best.',
    ),
    heads: [t('After'), ...tasks.map(({ task }) => task)],
    rows: [
      ...matrix.rows.map(({ after, values }) => ({ label: after, cells: values.map(share) })),
      forgotten(
        matrix,
        tasks.map(({ leg }) => leg),
        t,
      ),
    ],
  };
}

/** Of each task that was learnt before the last moment: its best accuracy before, less the one at the end. */
function forgotten({ rows }: TaskMatrix, legs: readonly string[], t: Translate): HeatRow {
  const last = rows.at(-1);
  const cells = legs.map((leg, task) => {
    const learnt = rows.findIndex(({ after }) => after === leg);
    const before = rows.slice(0, -1).map(({ values }) => values[task]);
    const now = last?.values[task];
    const known = before.filter((value) => typeof value === 'number');
    if (learnt < 0 || learnt >= rows.length - 1 || typeof now !== 'number' || known.length === 0)
      return undefined;
    return { value: Math.max(...known) - now, unit: 'points' as const };
  });
  return { label: t('forgotten, in points'), cells, aside: true };
}

import type { Continual, TaskMatrix } from '../protocol/generated';
import { NONE, percent } from './format';
import { renderTable, type Column } from './table';

/** How the tasks of a path got on, as lines: each task after each leg, then what it comes to. */
export function continualTable(continual: Continual, width: number): string[] {
  const { tasks, accuracy } = continual;
  return [
    ...renderTable(
      [left('accuracy', 'after'), ...tasks.map(({ task }) => right('on', task))],
      accuracy.rows.map(({ after, values }) => [after, ...values.map(percent)]),
      width,
    ),
    '',
    ...renderTable(
      [
        left('', 'tasks learnt so far'),
        right('average', 'accuracy'),
        right('', 'forgetting'),
        right('backward', 'transfer'),
        right('forward', 'transfer'),
      ],
      sums(continual).map(({ label, matrix }) => [label, ...sumCells(matrix)]),
      width,
    ),
  ];
}

const left = (first: string, second: string): Column => ({ title: [first, second], align: 'left' });
const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});

interface Sums {
  label: string;
  matrix: TaskMatrix;
}

function sums({ accuracy, accuracy_within: within, baselines }: Continual): Sums[] {
  const both = (label: string, of: TaskMatrix, known: TaskMatrix | undefined): Sums[] => [
    { label, matrix: of },
    ...(known ? [{ label: `${label}, task known`, matrix: known }] : []),
  ];
  return [
    ...both('this path', accuracy, within),
    ...baselines.flatMap((one) => both(one.baseline, one.accuracy, one.accuracy_within)),
  ];
}

function sumCells(matrix: TaskMatrix): string[] {
  const { average_accuracy: average, forgetting, backward_transfer, forward_transfer } = matrix;
  const transfers = [backward_transfer, forward_transfer];
  return [percent(average), percent(forgetting), ...transfers.map(points)];
}

/** A difference of shares, with its sign, in percentage points. */
function points(value: number | null): string {
  if (value === null) return NONE;
  const text = (100 * value).toFixed(1);
  return `${Number(text) > 0 ? '+' : ''}${text.replace(/^-(0\.0)$/, '$1')} pp`;
}

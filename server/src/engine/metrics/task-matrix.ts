import type { TaskMatrix, TaskRow } from '../../protocol/generated';

/** A task: the number of its column, the row after which it is learnt, and the accuracy of guessing. */
interface Column {
  column: number;
  learnt: number;
  chance: number;
}

/**
 * What the accuracies of tasks by moment come to at the last moment (Lopez-Paz & Ranzato, arXiv 1706.08840; forgetting:
 * Chaudhry et al., arXiv 1801.10112).
 * @param rows the moments, in order
 * @param learnt for each task, the moment that it is learnt at
 * @param chance for each task, the accuracy of guessing
 */
export function taskMatrix(
  rows: TaskRow[],
  learnt: readonly string[],
  chance: readonly number[],
): TaskMatrix {
  const columns = learnt.map((moment, column) => ({
    column,
    learnt: rows.findIndex(({ after }) => after === moment),
    chance: chance[column] ?? NaN,
  }));
  const had = columns.filter((task) => task.learnt >= 0);
  const end = rows.length - 1;
  const earlier = had.filter((task) => task.learnt < end);
  const at = (row: number, { column }: Column) => rows[row]?.values[column] ?? NaN;
  const before = (task: Column) => rows.slice(0, end).map((_, row) => at(row, task));
  return {
    rows,
    average_accuracy: mean(had.map((task) => at(end, task))),
    forgetting: mean(earlier.map((task) => Math.max(...before(task)) - at(end, task))),
    backward_transfer: mean(earlier.map((task) => at(end, task) - at(task.learnt, task))),
    forward_transfer: mean(
      had.filter((task) => task.learnt > 0).map((task) => at(task.learnt - 1, task) - task.chance),
    ),
  };
}

/** Null for the mean of nothing, and where a value was not measured. */
function mean(values: readonly number[]): number | null {
  const found = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(found) ? found : null;
}

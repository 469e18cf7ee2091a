import type { Continual, TaskMatrix } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { NOTHING, percent, points } from './format';

/** A table of texts: the first cell of a row is its head. */
export interface TextTable {
  caption: string;
  heads: string[];
  rows: string[][];
}

/** What became of the tasks of a path that learns several. None for other paths. */
export function continualTables(continual: Continual | undefined, t: Translate): TextTable[] {
  if (!continual) return [];
  const { accuracy, accuracy_within: within, baselines } = continual;
  const both = (label: string, of: TaskMatrix, known: TaskMatrix | undefined) => [
    [label, ...sumCells(of)],
    ...(known ? [[t('{0}, task known', label), ...sumCells(known)]] : []),
  ];
  return [
    {
      caption: t('What it comes to, on the tasks learnt so far'),
      heads: [
        '',
        t('Average accuracy'),
        t('Forgetting'),
        t('Backward transfer'),
        t('Forward transfer'),
      ],
      rows: [
        ...both(t('This path'), accuracy, within),
        ...baselines.flatMap((one) => both(one.baseline, one.accuracy, one.accuracy_within)),
      ],
    },
  ];
}

function sumCells(matrix: TaskMatrix): string[] {
  const { average_accuracy: average, forgetting, backward_transfer, forward_transfer } = matrix;
  const change = (value: number | null) => (value === null ? NOTHING : points(value));
  const transfers = [backward_transfer, forward_transfer];
  return [percent(average), percent(forgetting), ...transfers.map(change)];
}

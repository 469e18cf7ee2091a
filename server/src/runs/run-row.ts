import { flatMetrics } from '../protocol/flat-metrics';
import type { RunRow } from '../protocol/messages';
import { lastMetrics } from '../protocol/run-outcome';
import type { RunView } from '../protocol/run-view';

/** What a table of runs tells of one. `experiment` is the resolved one; undefined where it cannot be read. */
export function runRow(run: string, view: RunView, experiment: unknown): RunRow {
  const { sparsity_by_layer: _, ...metrics } = lastMetrics(view) ?? {
    accuracy: {},
    loss: {},
    sparsity: null,
  };
  const measured = lastMetrics(view) ? Object.fromEntries(flatMetrics(metrics)) : {};
  const seconds = view.report && { seconds: view.report.seconds };
  return { run, parameters: flatParameters(experiment), metrics: { ...measured, ...seconds } };
}

/** The values of an experiment by their path, such as `path.0.keep.memory`; a list of plain values is one text. */
export function flatParameters(experiment: unknown): RunRow['parameters'] {
  const flat: RunRow['parameters'] = {};
  const visit = (value: unknown, path: string) => {
    if (isPlain(value)) flat[path] = value;
    else if (Array.isArray(value) && value.every(isPlain)) flat[path] = value.join(', ');
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        visit(inner, path === '' ? key : `${path}.${key}`);
  };
  visit(experiment, '');
  return flat;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

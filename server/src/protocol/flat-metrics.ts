import type { Metrics } from './generated';

/** Metrics as one number a name: `accuracy.digits`, `sparsity`; null where one was not finite. */
export function flatMetrics(metrics: Metrics): Map<string, number | null> {
  const flat = new Map<string, number | null>();
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === 'number' || value === null) flat.set(name, value);
    else if (typeof value === 'object')
      for (const [part, inner] of Object.entries(value)) flat.set(`${name}.${part}`, inner);
  }
  return flat;
}

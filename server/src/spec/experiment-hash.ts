/** Tells whether two experiments compute the same. */
import { createHash } from 'node:crypto';
import type { Experiment } from './experiment';
import { isRecord } from './schema-node';

/**
 * 16 hexadecimal digits that differ where two experiments may compute differently. Names, descriptions and
 * expectations do not count, nor does the order of keys.
 */
export function experimentHash(experiment: Experiment): string {
  const { name: _name, description: _description, expect: _expect, ...computed } = experiment;
  return createHash('sha256').update(canonical(computed)).digest('hex').slice(0, 16);
}

/** JSON with the keys of every mapping in alphabetical order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  const parts = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`);
  return `{${parts.join(',')}}`;
}

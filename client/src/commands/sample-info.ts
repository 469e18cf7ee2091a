import { parse } from 'yaml';

/** What the list of samples shows of one. */
export interface SampleInfo {
  name: string;
  description: string;
}

/** Name and description of a sample spec; its file name stands in where the text has no name. */
export function sampleInfo(text: string, fileName: string): SampleInfo {
  const spec = readMapping(text);
  return {
    name: asText(spec['name']) ?? fileName.replace(/\.fip\.ya?ml$/, ''),
    description: (asText(spec['description']) ?? '').replaceAll(/\s+/g, ' ').trim(),
  };
}

/** The first of `name.fip.yaml`, `name-2.fip.yaml`, ... that is not taken. */
export function freeFileName(name: string, taken: ReadonlySet<string>): string {
  const base = name.replaceAll(/[^\p{Letter}\p{Number}._-]+/gu, '-').replaceAll(/^[-.]+/g, '');
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const candidate = `${base || 'experiment'}${suffix}.fip.yaml`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The files that a sample's data sets name, relative to it; some are public data, which did not come with it. */
export function filesOfSample(text: string): string[] {
  const { data } = readMapping(text);
  const sets = typeof data === 'object' && data !== null ? Object.values(data) : [];
  const values = sets.flatMap((set: unknown) =>
    Object.values(Object(set) as Record<string, unknown>),
  );
  // Nothing above the sample's own folder is copied.
  const isInside = (value: string) => /^[\w-][\w.-]*(\/[\w-][\w.-]*)+$/.test(value);
  return values.filter((value): value is string => typeof value === 'string' && isInside(value));
}

function readMapping(text: string): Record<string, unknown> {
  try {
    const value: unknown = parse(text, { maxAliasCount: 10 });
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A list of samples is no place for syntax errors; the file shows them when it is open.
    return {};
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Small pieces of sentences that messages and hovers share. */

/** `a`, `b` or `c`. */
export function alternatives(words: readonly string[], last = 'or'): string {
  const quoted = words.map((word) => `\`${word}\``);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** A value as it would be written in a spec, shortened. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : writtenAs(value);
  const short = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'");
  return short.length > 40 ? `${short.slice(0, 39)}…` : short;
}

/** JSON, and what JSON has no way to write. */
function writtenAs(value: unknown): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return JSON.stringify(value ?? null);
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  if (!Number.isFinite(value)) return 'no finite number';
  return Number.isInteger(value) ? 'a whole number' : 'a number';
}

const typeWords: Record<string, string> = {
  object: 'a mapping (`key: value` lines)',
  array: 'a list',
  string: 'text',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
};

/** What types a value may have, in words. */
export function expectedTypes(types: readonly string[]): string {
  return types.map((type) => typeWords[type] ?? type).join(' or ');
}

/** `1.5 MiB`: two digits, rounded. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const place = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 2 ** (10 * place)).toPrecision(2))} ${units[place] ?? ''}`;
}

/** `1 sample`, `1,000 samples`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** How a value of the wrong type is most likely meant. */
import { isRecord, variantsOf } from './schema-node';
import type { SchemaNode } from './schema-node';
import type { SpecFix } from './spec-diagnostic';

export interface TypeHint {
  /** A sentence that goes on from what is wrong. */
  words: string;
  fix?: SpecFix;
}

/** Digits in groups, as people and programming languages write them. */
const grouped = /^[+-]?\d{1,3}([_ ]\d{3})+$/;

/** What to write in the place of a value, where that can be guessed. `types` are those that would be right. */
export function typeHint(
  value: unknown,
  types: readonly string[],
  node: SchemaNode,
): TypeHint | undefined {
  const isNumeric = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && isNumeric && grouped.test(value)) {
    const plain = value.replaceAll(/[_ ]/g, '');
    return write(plain, `Digits are not grouped: write \`${plain}\`.`);
  }
  const variants = types.includes('object') ? variantsOf(node) : undefined;
  if (variants?.nodes.some(({ name }) => name === value))
    return write(`{${variants.key}: ${String(value)}}`);
  if (!types.includes('array')) return undefined;
  if (isRecord(value)) return { words: 'Start each item with `- `.' };
  const isItem = ['number', 'integer', 'string'].some((type) => type === node.items?.type);
  const fits = typeof value === 'number' || (typeof value === 'string' && /^[\w-]+$/.test(value));
  return isItem && fits ? write(`[${value}]`) : undefined;
}

const write = (text: string, words = `Write \`${text}\`.`): TypeHint => ({
  words,
  fix: { title: `Change to \`${text}\``, newText: text },
});

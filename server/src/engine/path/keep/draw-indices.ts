import type { Random } from '../../random';

/**
 * Draws `wanted` of the numbers 0 to count - 1, in random order and without repeating any before all have been drawn.
 * @param repeat whether numbers may come several times; otherwise all are drawn where there are fewer than wanted
 */
export function drawIndices(
  random: Random,
  count: number,
  wanted: number,
  repeat: boolean,
): Uint32Array {
  if (!repeat || wanted <= count || count === 0)
    return random.sample(count, Math.min(wanted, count));
  const drawn = new Uint32Array(wanted);
  for (let from = 0; from < wanted; from += count)
    drawn.set(random.sample(count, Math.min(count, wanted - from)), from);
  return drawn;
}

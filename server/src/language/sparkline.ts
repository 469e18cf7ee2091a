/** A curve in one line of text. */

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const widest = 24;

/** The values as blocks between their least and largest; `·` where nothing was measured. Long curves are thinned. */
export function sparkline(values: readonly (number | null | undefined)[]): string {
  const shown = thinned(values);
  const known = shown.filter((value) => typeof value === 'number');
  if (known.length === 0) return '';
  const least = Math.min(...known);
  const span = Math.max(...known) - least;
  const block = (value: number | null | undefined) => {
    if (typeof value !== 'number') return '·';
    const height = span > 0 ? (value - least) / span : 0.5;
    return blocks[Math.round(height * (blocks.length - 1))] ?? '';
  };
  return shown.map(block).join('');
}

/** Evenly spaced, the first and the last included. */
function thinned<Value>(values: readonly Value[]): Value[] {
  if (values.length <= widest) return [...values];
  const step = (values.length - 1) / (widest - 1);
  return Array.from({ length: widest }, (_, i) => values[Math.round(i * step)] as Value);
}

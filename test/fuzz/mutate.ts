/** Spoils a text a little, in ways that a typing hand, a bad merge or a hostile file would. Seeded: a failure can be repeated. */

/** A number from 0 up to, not including, a limit. */
export type Draw = (limit: number) => number;

/** A small seeded generator (mulberry32). */
export function seeded(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

const pieces = [
  ...['{', '}', '[', ']', ':', ': ', '- ', '\n', '  ', '\t', '"', "'", '#', ' #', '|', '>', ','],
  ...['*x', '&x ', '!t ', '%', '@', '`', '? ', '---\n', '...\n', '<<: ', '__proto__: ', '{}', '[]'],
  ...[
    '0',
    '-1',
    '1e999',
    '.nan',
    '.inf',
    '0x1F',
    'null',
    '~',
    'true',
    'yes',
    '2001-01-01',
    '1_000',
  ],
  ...['🦦', '日本', '\u0000', '\uFEFF', '\r\n', '\r', '\u2028', '\ud83e', 'a'.repeat(300)],
  ...[
    'fip: 1\n',
    'path:\n',
    '  - leg: prune\n',
    'type: ',
    'on: ',
    '# fip-ignore fip/unused-data\n',
  ],
];

type Mutation = (text: string, draw: Draw) => string;

const at = (text: string, draw: Draw) => draw(text.length + 1);

/** The start of a line, and that of the next one. */
function line(text: string, draw: Draw): [number, number] {
  const start = text.lastIndexOf('\n', at(text, draw) - 1) + 1;
  const end = text.indexOf('\n', start);
  return [start, end < 0 ? text.length : end + 1];
}

function replaced(text: string, [start, end]: [number, number], by: (old: string) => string) {
  return text.slice(0, start) + by(text.slice(start, end)) + text.slice(end);
}

function span(text: string, draw: Draw): [number, number] {
  const start = at(text, draw);
  return [start, Math.min(text.length, start + draw(12))];
}

const mutations: readonly Mutation[] = [
  (text, draw) => replaced(text, span(text, draw), () => ''),
  (text, draw) => replaced(text, span(text, draw), (old) => old + old),
  (text, draw) =>
    replaced(text, span(text, draw), (old) => (pieces[draw(pieces.length)] ?? '') + old),
  (text, draw) => replaced(text, span(text, draw), () => pieces[draw(pieces.length)] ?? ''),
  (text, draw) => {
    const [start, end] = span(text, draw);
    return text.slice(start, end) + text.slice(0, start) + text.slice(end);
  },
  // Lines: away, twice, further in, further out, up to the end.
  (text, draw) => replaced(text, line(text, draw), () => ''),
  (text, draw) => replaced(text, line(text, draw), (old) => old + old),
  (text, draw) => replaced(text, line(text, draw), (old) => ' '.repeat(1 + draw(4)) + old),
  (text, draw) => replaced(text, line(text, draw), (old) => old.replace(/^ {1,2}/, '')),
  (text, draw) => text.slice(0, at(text, draw)),
  // A word of one place in another, or two letters the other way round.
  (text, draw) => {
    const words = text.match(/[\w./-]+/g) ?? [];
    const [from = '', to = ''] = [words[draw(words.length || 1)], words[draw(words.length || 1)]];
    return text.replace(from, () => to);
  },
  (text, draw) => {
    const start = at(text, draw);
    return replaced(text, [start, start + 2], (old) => [...old].reverse().join(''));
  },
];

/** Changes a text in one to three ways. */
export function mutant(text: string, draw: Draw): string {
  let result = text;
  for (let i = 0; i <= draw(3); i++)
    result = mutations[draw(mutations.length)]?.(result, draw) ?? result;
  return result;
}

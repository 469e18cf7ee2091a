import { fileShapeOf, type LayoutEntry } from '../../network/layout';

/** N:M sparsity: of `of` consecutive inputs of an output at most `keep` stay (Mishra et al., arXiv 2104.08378). */
export interface Pattern {
  keep: number;
  of: number;
}

/** Reads `2:4`; N of M with N < M, which the spec's checks see to. */
export function readPattern(text: string): Pattern {
  const [keep = 1, of = 1] = text.split(':').map(Number);
  return { keep, of };
}

/** How many weights of an array a pattern leaves out. */
export function prunableByPattern(entry: LayoutEntry, { keep, of }: Pattern): number {
  const { inputs } = inputAxis(entry);
  const rest = Math.max(0, (inputs % of) - keep);
  return (entry.size / inputs) * (Math.floor(inputs / of) * Math.max(0, of - keep) + rest);
}

/**
 * The weights that a pattern leaves out: in each group the lowest scores but `keep`, of equals the first ones. The last
 * group of a row is smaller where `of` does not divide the inputs.
 * @param scores of the entry's weights, in its order
 * @returns their numbers within the entry, rising
 */
export function leftOut(
  entry: LayoutEntry,
  { keep, of }: Pattern,
  scores: Float32Array,
): Uint32Array {
  const { inputs, stride } = inputAxis(entry);
  const found: number[] = [];
  for (let row = 0; row < entry.size / inputs; row++) {
    const first = Math.floor(row / stride) * inputs * stride + (row % stride);
    for (let from = 0; from < inputs; from += of) {
      const size = Math.min(of, inputs - from);
      const group = Array.from({ length: size }, (_, i) => first + (from + i) * stride);
      group.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
      found.push(...group.slice(0, Math.max(0, size - keep)));
    }
  }
  return Uint32Array.from(found).sort();
}

/** The axis of inputs, the second one in files: its extent, and how far apart neighbours lie in the flat array. */
function inputAxis(entry: LayoutEntry): { inputs: number; stride: number } {
  const axis = entry.fileOrder[1] ?? 0;
  const stride = entry.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return { inputs: fileShapeOf(entry)[1] ?? 1, stride };
}

/**
 * A multi-layer perceptron in plain float64 loops, with its Jacobian written out by hand: the reference that the
 * engine's float32 passes are held against.
 */
export interface ReferenceMlp {
  sizes: readonly number[];
  activation: 'relu' | 'tanh';
}

export type Matrix = number[][];

export function weightCount({ sizes }: ReferenceMlp): number {
  return sizes.slice(1).reduce((sum, out, i) => sum + ((sizes[i] ?? 0) + 1) * out, 0);
}

/** f(x, w) for one input. */
export function forward(net: ReferenceMlp, w: ArrayLike<number>, x: readonly number[]): number[] {
  return trace(net, w, x).outputs;
}

/** The Jacobian of one sample, [outputs][weights], by the chain rule from the output back. */
export function jacobian(net: ReferenceMlp, w: ArrayLike<number>, x: readonly number[]): Matrix {
  const { inputs, slopes, outputs } = trace(net, w, x);
  return outputs.map((_, k) => {
    const row = new Array<number>(weightCount(net)).fill(0);
    let delta: number[] = outputs.map((__, j) => (j === k ? 1 : 0));
    for (let layer = net.sizes.length - 2; layer >= 0; layer--) {
      const { offset, n, m } = span(net, layer);
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < n; i++)
          row[offset + i * m + j] = (inputs[layer]?.[i] ?? 0) * (delta[j] ?? 0);
        row[offset + n * m + j] = delta[j] ?? 0;
      }
      if (layer === 0) break;
      const back = new Array<number>(n).fill(0);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < m; j++)
          back[i] = (back[i] ?? 0) + (w[offset + i * m + j] ?? 0) * (delta[j] ?? 0);
      delta = back.map((value, i) => value * (slopes[layer - 1]?.[i] ?? 0));
    }
    return row;
  });
}

/** J of a batch: the samples' Jacobians on top of each other, [N * outputs][weights]. */
export function batchJacobian(
  net: ReferenceMlp,
  w: ArrayLike<number>,
  xs: readonly (readonly number[])[],
): Matrix {
  return xs.flatMap((x) => jacobian(net, w, x));
}

function trace(net: ReferenceMlp, w: ArrayLike<number>, x: readonly number[]) {
  const inputs: number[][] = [];
  const slopes: number[][] = [];
  let value = [...x];
  for (let layer = 0; layer < net.sizes.length - 1; layer++) {
    inputs.push(value);
    const { offset, n, m } = span(net, layer);
    const sums = Array.from({ length: m }, (_, j) => {
      let sum = w[offset + n * m + j] ?? 0;
      for (let i = 0; i < n; i++) sum += (value[i] ?? 0) * (w[offset + i * m + j] ?? 0);
      return sum;
    });
    if (layer === net.sizes.length - 2) return { inputs, slopes, outputs: sums };
    value = sums.map((a) => (net.activation === 'relu' ? Math.max(a, 0) : Math.tanh(a)));
    slopes.push(
      sums.map((a) => (net.activation === 'relu' ? (a > 0 ? 1 : 0) : 1 - Math.tanh(a) ** 2)),
    );
  }
  return { inputs, slopes, outputs: value };
}

function span({ sizes }: ReferenceMlp, layer: number) {
  let offset = 0;
  for (let i = 0; i < layer; i++) offset += ((sizes[i] ?? 0) + 1) * (sizes[i + 1] ?? 0);
  return { offset, n: sizes[layer] ?? 0, m: sizes[layer + 1] ?? 0 };
}

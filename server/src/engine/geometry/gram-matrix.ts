import type { Backend, Tensor } from '../backends/backend';
import { sharesWeights, type Network, type Node } from '../network/network';
import type { Embedding } from './distances/output-distance';
import type { Linearisation } from './linearisation';

/** Where the metric is written out: the network, at one point, and the embedding of the output distance there. */
export interface MetricPoint {
  network: Network;
  linearisation: Linearisation;
  embedding: Embedding;
}

type MaybeTensors = readonly (Tensor | undefined)[];

/**
 * K = A A^T written out, [N m, N m] row-major in the order of outputs [N, m]: the products are made in float32 and summed
 * over layers there. One cotangent pass an output; a layer with a `gram` rule then takes a few matrix products, any other
 * one the cotangents of its weights for each sample and output by itself, N m of them, which fits small memories only.
 */
export async function gramMatrix(backend: Backend, point: MetricPoint): Promise<Float64Array> {
  const { linearisation } = point;
  const [samples = 1, outputs = 1] = linearisation.outputs.shape;
  const values = await backend.scope(() => backend.read(byOutput(backend, point)));
  const size = samples * outputs;
  const matrix = new Float64Array(size * size);
  const place = (k: number) => (k % samples) * outputs + Math.floor(k / samples);
  for (let row = 0; row < size; row++) {
    const from = place(row) * size;
    for (let column = 0; column < size; column++) {
      const mean = (values[row * size + column]! + values[column * size + row]!) / 2;
      matrix[from + place(column)] = mean / samples;
    }
  }
  return matrix;
}

/** Whether every layer of the network has a rule that makes writing the metric out cheap. */
export function isWrittenCheaply(network: Network): boolean {
  return network.nodes.every(
    (node) =>
      !node.layer.weights ||
      (node.layer.weights.gram !== undefined &&
        node.layer.outputShape.length === 1 &&
        !sharesWeights(network, node)),
  );
}

/** S J J^T S^T, [m N, m N], row c N + i for output c of sample i. */
function byOutput(backend: Backend, point: MetricPoint): Tensor {
  const { network, linearisation } = point;
  const cotangents = stackedCotangents(backend, point);
  const others: Node[] = [];
  let sum: Tensor | undefined;
  const add = (part: Tensor) => (sum = sum ? backend.add(sum, part) : part);
  network.nodes.forEach((node, index) => {
    const [own, rules] = [cotangents[index], node.layer.weights];
    const at = linearisation.points[index];
    if (!own || !rules || !at) return;
    const isMasked = node.entries.some((entry) => linearisation.masks?.[entry]);
    const block =
      isMasked || sharesWeights(network, node)
        ? undefined
        : backend.tidy(() => rules.gram?.(backend, at, own));
    if (block) add(block);
    else others.push(node);
  });
  if (others.length > 0) {
    const rows = weightRows(backend, point, cotangents, others);
    add(backend.matMul(rows, rows, { transposeB: true }));
  }
  if (!sum) throw new TypeError('A network without weights has no metric.');
  return sum;
}

/** By node, the cotangents of its output for each of the network's outputs, one after another: [m N, ...]. */
function stackedCotangents(
  backend: Backend,
  { network, linearisation, embedding }: MetricPoint,
): MaybeTensors {
  const { shape } = linearisation.outputs;
  const outputs = shape[1] ?? 1;
  const passes = Array.from({ length: outputs }, (_, output) =>
    linearisation.nodeCotangents(embedding.cotangent(unitColumn(backend, shape, output))),
  );
  return network.nodes.map((_, index) => {
    const parts = passes.flatMap((pass) => pass[index] ?? []);
    return parts.length === outputs ? backend.concat(parts, 0) : undefined;
  });
}

/** Ones in one column of a tensor [N, m]. */
function unitColumn(backend: Backend, shape: readonly number[], column: number): Tensor {
  const [rows = 1, width = 1] = shape;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) values[row * width + column] = 1;
  return backend.tensor(values, shape);
}

/** The gradients of each output of each sample in the weights of these nodes, [m N, weights]. */
function weightRows(
  backend: Backend,
  { network, linearisation }: MetricPoint,
  cotangents: MaybeTensors,
  nodes: readonly Node[],
): Tensor {
  const [samples = 1, outputs = 1] = linearisation.outputs.shape;
  const rowAt = (row: number): Tensor => {
    const parts = new Map<number, Tensor>();
    for (const { layer, entries, index } of nodes.map((node) => placed(network, node))) {
      const [point, stack] = [linearisation.points[index], cotangents[index]];
      if (!point || !stack || !layer.weights) continue;
      const found = layer.weights.vjp(backend, point, ofOneSample(backend, stack, row, samples));
      entries.forEach((entry, i) => {
        const [part, before] = [found[i], parts.get(entry)];
        if (part) parts.set(entry, before ? backend.add(before, part) : part);
      });
    }
    for (const [entry, part] of parts) {
      const mask = linearisation.masks?.[entry];
      if (mask) parts.set(entry, backend.multiply(part, mask));
    }
    return joined(backend, parts);
  };
  const rows = Array.from({ length: outputs * samples }, (_, row) =>
    backend.tidy(() => rowAt(row)),
  );
  return backend.concat(rows, 0);
}

const placed = (network: Network, node: Node) => ({ ...node, index: network.nodes.indexOf(node) });

/** One row of stacked cotangents [m N, ...] as that of the batch, [N, ...]: zeros for all other samples. */
function ofOneSample(backend: Backend, stack: Tensor, row: number, samples: number): Tensor {
  const [rows = 1, ...shape] = stack.shape;
  const width = stack.size / rows;
  const flat = backend.reshape(stack, [rows, width]);
  const sample = row % samples;
  const padded = backend.pad(backend.slice(flat, [row, 0], [1, width]), [
    [sample, samples - 1 - sample],
    [0, 0],
  ]);
  return backend.reshape(padded, [samples, ...shape]);
}

/** Arrays of weights by layout entry as one row. */
function joined(backend: Backend, parts: ReadonlyMap<number, Tensor>): Tensor {
  const ordered = [...parts].sort(([a], [b]) => a - b);
  const flat = ordered.map(([, part]) => backend.reshape(part, [1, part.size]));
  return backend.concat(flat, 1);
}

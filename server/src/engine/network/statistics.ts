import type { Backend, Tensor } from '../backends/backend';
import type { Point } from './layers/layer';
import { viewOf, type Layout } from './layout';
import type { Network } from './network';

/** What batch norms measured on a batch of training, by number of the layout's entry. */
export type Measured = ReadonlyMap<number, Float32Array>;

/** How much of a running statistic each batch replaces, as in PyTorch. */
const MOMENTUM = 0.1;

/** What the layers measured in a training pass, by number of the layout's entry; the layers own the tensors. */
function measuredBy(
  { nodes, layout }: Network,
  points: readonly Point[],
): ReadonlyMap<number, Tensor> {
  const measured = new Map<number, Tensor>();
  for (const [index, { layer, entries }] of nodes.entries()) {
    const point = points[index];
    const found: readonly Tensor[] = (point && layer.measured?.(point)) ?? [];
    const numbers = entries.filter((number) => layout.entries[number]?.role === 'statistic');
    for (const [i, tensor] of found.entries()) measured.set(numbers[i] ?? -1, tensor);
  }
  return measured;
}

/** Reads what the layers measured in a training pass. */
export async function readMeasured(
  backend: Backend,
  network: Network,
  points: readonly Point[],
): Promise<Measured> {
  const measured = new Map<number, Float32Array>();
  for (const [number, tensor] of measuredBy(network, points))
    measured.set(number, await backend.read(tensor));
  return measured;
}

/**
 * `keepStatistics` and `blendStatistics` on the device.
 * @param from a tensor a layout entry, before an update
 * @param to the same after it
 * @returns `to` with the statistics of `from`, blended with what the layers measured
 */
export function withStatistics(
  backend: Backend,
  network: Network,
  points: readonly Point[],
  from: readonly Tensor[],
  to: readonly Tensor[],
): Tensor[] {
  const measured = measuredBy(network, points);
  return to.map((tensor, number) => {
    const running = from[number];
    if (network.layout.entries[number]?.role !== 'statistic' || !running) return tensor;
    const batch = measured.get(number);
    if (!batch) return running;
    return backend.add(backend.scale(running, 1 - MOMENTUM), backend.scale(batch, MOMENTUM));
  });
}

/** The running statistics after a batch: nine tenths of what they were, and a tenth of what was measured. */
export function blendStatistics(layout: Layout, weights: Float32Array, measured: Measured): void {
  for (const [number, values] of measured) {
    const entry = layout.entries[number];
    if (!entry) continue;
    const running = viewOf(entry, weights);
    values.forEach((value, i) => {
      running[i] = (1 - MOMENTUM) * (running[i] ?? 0) + MOMENTUM * value;
    });
  }
}

/** Puts the statistics of one vector of weights into another: no optimiser may move them, as by a decay of weights. */
export function keepStatistics(layout: Layout, from: Float32Array, to: Float32Array): void {
  for (const entry of layout.entries)
    if (entry.role === 'statistic') viewOf(entry, to).set(viewOf(entry, from));
}

import type { Backend, Tensor } from '../backends/backend';
import type { Point } from './layers/layer';
import { viewOf, type Layout } from './layout';
import type { Network } from './network';

/** What batch norms measured on a batch of training, by number of the layout's entry. */
export type Measured = ReadonlyMap<number, Float32Array>;

/** How much of a running statistic each batch replaces, as in PyTorch. */
const MOMENTUM = 0.1;

/** Reads what the layers measured in a training pass. */
export async function readMeasured(
  backend: Backend,
  { nodes, layout }: Network,
  points: readonly Point[],
): Promise<Measured> {
  const measured = new Map<number, Float32Array>();
  for (const [index, { layer, entries }] of nodes.entries()) {
    const point = points[index];
    const found: readonly Tensor[] = (point && layer.measured?.(point)) ?? [];
    const numbers = entries.filter((number) => layout.entries[number]?.role === 'statistic');
    for (const [i, tensor] of found.entries())
      measured.set(numbers[i] ?? -1, await backend.read(tensor));
  }
  return measured;
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

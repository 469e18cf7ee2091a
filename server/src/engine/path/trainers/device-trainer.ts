import type { Train } from '../../../spec/experiment';
import type { Backend, Tensor } from '../../backends/backend';
import { linearise } from '../../geometry/linearisation';
import type { NamedTensor } from '../../host';
import { at } from '../../network/layers/unary';
import { download, upload } from '../../network/network';
import { withStatistics } from '../../network/statistics';
import type { Run } from '../../run';
import { gatherInputs, gatherLabels } from '../../run-context';
import { asTensor, restoreInto } from '../../saved-vector';
import { crossEntropy, logitsCotangent } from '../cross-entropy';
import { createDeviceOptimizer, type DeviceOptimizer } from '../optimizers/device-optimizer';
import type { TrainingSpan } from '../optimizers/learning-rate';
import type { DeviceArray } from '../optimizers/update-rule';
import type { Trainer, TrainingBatch } from './trainer';

/** What an update put out, until its loss is asked for. */
interface Pending {
  /** [N, classes] */
  logits: Tensor;
  labels: Int32Array;
}

/**
 * Keeps weights, gradient and moments on the device, for devices that are slow to read from. An update reads nothing
 * back: losses are worked out from the logits of all updates since the last call, read at once.
 */
export class DeviceTrainer implements Trainer {
  private readonly backend: Backend;
  private readonly optimizer: DeviceOptimizer;
  /** By layout entry. */
  private arrays: readonly DeviceArray[];
  private pending: Pending[] = [];
  private done: number;

  constructor(
    private readonly run: Run,
    spec: Train,
    span: TrainingSpan,
  ) {
    this.backend = run.context.backend;
    this.optimizer = createDeviceOptimizer(this.backend, spec.optimizer, span);
    this.done = run.record.training.batches;
    this.arrays = this.restored();
  }

  private restored(): DeviceArray[] {
    const { network } = this.run.context;
    const moments = this.optimizer.moments.map((name) => {
      const vector = new Float32Array(network.layout.size);
      restoreInto(vector, this.run.restored, name);
      return upload(this.backend, network, vector);
    });
    return upload(this.backend, network, this.run.weights).map((weight, entry) => ({
      weight,
      moments: moments.map((tensors) => at(tensors, entry)),
    }));
  }

  update(batch: TrainingBatch): Promise<void> {
    const labels = gatherLabels(batch.data.train, batch.indices);
    const { arrays, logits } = this.backend.tidy(() => this.move(batch, labels));
    const before = this.arrays;
    this.arrays = arrays;
    this.free(before);
    this.pending.push({ logits, labels });
    this.done++;
    return Promise.resolve();
  }

  private move({ data, indices, random }: TrainingBatch, labels: Int32Array) {
    const { backend, arrays } = this;
    const { network } = this.run.context;
    const weights = arrays.map(({ weight }) => weight);
    const inputs = gatherInputs(data.train, indices);
    const batch = backend.tensor(inputs, [indices.length, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch, { random });
    const { outputs: logits, points } = linearisation;
    const gradient = linearisation.cotangents(logitsCotangent(backend, logits, labels));
    const moved = this.optimizer.update(arrays, gradient, this.done);
    const after = moved.map(({ weight }) => weight);
    const blended = withStatistics(backend, network, points, weights, after);
    return { logits, arrays: moved.map((array, i) => ({ ...array, weight: at(blended, i) })) };
  }

  async losses(): Promise<number[]> {
    const { backend, pending } = this;
    if (pending.length === 0) return [];
    this.pending = [];
    const logits = pending.map((update) => update.logits);
    const joined = logits.length > 1 ? backend.tidy(() => backend.concat(logits, 0)) : logits[0];
    const values = joined ? await backend.read(joined) : new Float32Array();
    backend.dispose(...new Set([...logits, ...(joined ? [joined] : [])]));
    let offset = 0;
    return pending.map(({ labels, logits: { size } }) => {
      const own = values.subarray(offset, offset + size);
      offset += size;
      return crossEntropy(own, labels).loss;
    });
  }

  async state(): Promise<NamedTensor[]> {
    const { network } = this.run.context;
    const read = (tensors: readonly Tensor[]) => download(this.backend, network, tensors);
    this.run.weights.set(await read(this.arrays.map(({ weight }) => weight)));
    const saved: NamedTensor[] = [];
    for (const [k, name] of this.optimizer.moments.entries())
      saved.push(asTensor(name, await read(this.arrays.map(({ moments }) => at(moments, k)))));
    return saved;
  }

  dispose(): void {
    const arrays = this.arrays;
    this.arrays = [];
    this.free(arrays);
    this.backend.dispose(...this.pending.map(({ logits }) => logits));
    this.pending = [];
  }

  /** Frees arrays, but for tensors that are still in use: statistics may rest. */
  private free(arrays: readonly DeviceArray[]): void {
    const tensorsOf = (all: readonly DeviceArray[]) =>
      all.flatMap(({ weight, moments }) => [weight, ...moments]);
    const used = new Set(tensorsOf(this.arrays));
    this.backend.dispose(...tensorsOf(arrays).filter((tensor) => !used.has(tensor)));
  }
}

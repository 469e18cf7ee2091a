import type { DataSet } from '../../data/data-set';
import type { NamedTensor } from '../../host';
import type { Random } from '../../random';

/** The samples of one update. */
export interface TrainingBatch {
  readonly data: Pick<DataSet, 'train'>;
  /** Which training samples. */
  readonly indices: Uint32Array;
  /** What the layers drop is drawn from it. */
  readonly random: Random;
}

/** Trains a network update by update. Where its weights lie in the meantime is its own affair. */
export interface Trainer {
  update(batch: TrainingBatch): Promise<void>;
  /**
   * Mean cross-entropy of each update since the last call, in nats and in their order; waits until they are done.
   * After one that is not finite, the weights are worth nothing.
   */
  losses(): Promise<number[]>;
  /** Writes the weights into the run, and returns the moments, to be saved. */
  state(): Promise<NamedTensor[]>;
  /** Frees what the trainer holds on the device. */
  dispose(): void;
}

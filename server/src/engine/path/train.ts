import type { Train } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import { finite } from '../metrics/measure';
import type { Layout } from '../network/layout';
import { blendStatistics, keepStatistics } from '../network/statistics';
import { Random } from '../random';
import type { Run } from '../run';
import { dataSetOf } from '../run-context';
import { lossGradient, type LossGradient } from './loss-gradient';
import { createOptimizer, type Optimizer } from './optimizers';

/** Progress events, and saved states, in a whole training. */
const REPORTS = 50;

/**
 * Trains the first network from where the run stands.
 * @returns whether it was finished; false where the user stopped it
 */
export async function train(run: Run, spec: Train): Promise<boolean> {
  const { context, record } = run;
  const { host, experiment, network } = context;
  const data = dataSetOf(context, spec.on, '/start/train/on');
  const perEpoch = Math.ceil(data.train.count / spec.batch_size);
  const total = perEpoch * spec.epochs;
  const every = Math.max(1, Math.floor(total / REPORTS));
  const optimizer = createOptimizer(spec.optimizer, network.layout.size, {
    updates: total,
    perEpoch,
  });
  optimizer.restore(run.restored, record.training.batches);

  let order: Uint32Array = new Uint32Array();
  let orderedEpoch = -1;
  while (record.training.batches < total) {
    if (host.shouldStop()) {
      run.save(optimizer.state());
      return false;
    }
    const epoch = Math.floor(record.training.batches / perEpoch);
    if (epoch !== orderedEpoch) {
      order = Random.of(experiment.seed, 'train', epoch).permutation(data.train.count);
      orderedEpoch = epoch;
    }
    const from = (record.training.batches % perEpoch) * spec.batch_size;
    const indices = order.slice(from, from + spec.batch_size);
    // A stream for each batch, so that a resumed run drops the same units.
    const random = Random.of(experiment.seed, 'train', 'drop', record.training.batches);
    const found = await lossGradient(context, run.weights, data, indices, { random });
    if (!Number.isFinite(found.value)) throw diverged(record.training.batches);
    update(run.weights, found, optimizer, network.layout);
    note(run, found.value);
    if (record.training.batches % every === 0 || record.training.batches === total) {
      reportProgress(run, spec, epoch, record.training.batches / total);
      run.save(optimizer.state());
    }
  }
  return true;
}

/** One update of the weights by the optimiser, and of the running statistics by what was measured. */
function update(
  weights: Float32Array,
  { gradient, measured }: LossGradient,
  optimizer: Optimizer,
  layout: Layout,
): void {
  const before = measured.size > 0 ? weights.slice() : weights;
  optimizer.update(weights, gradient);
  keepStatistics(layout, before, weights);
  blendStatistics(layout, weights, measured);
}

function note(run: Run, loss: number): void {
  const { training } = run.record;
  training.batches++;
  training.lossSum += loss;
  training.lossCount++;
}

function reportProgress(run: Run, spec: Train, epoch: number, fraction: number): void {
  const { training } = run.record;
  run.context.host.emit({
    event: 'training',
    epoch: epoch + 1,
    epochs: spec.epochs,
    fraction,
    loss: finite(training.lossSum / training.lossCount),
  });
  training.lossSum = 0;
  training.lossCount = 0;
}

function diverged(batch: number): EngineError {
  return new EngineError(
    'fip/not-finite',
    `The training loss was no longer a number after ${batch} batches. Lower the learning rate, or set ` +
      '`normalize: true` on the data.',
    '/start/train/optimizer',
  );
}

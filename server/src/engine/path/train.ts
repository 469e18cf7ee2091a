import type { Train } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import { finite } from '../metrics/measure';
import type { Run } from '../run';
import { dataSetOf } from '../run-context';
import type { TrainingSpan } from './optimizers/learning-rate';
import { DeviceTrainer } from './trainers/device-trainer';
import { drawBatches } from './trainers/draw-batches';
import { hostTrainer } from './trainers/host-trainer';
import type { Trainer, TrainingBatch } from './trainers/trainer';

/** Progress events, and saved states, in a whole training. */
const REPORTS = 50;

/**
 * Trains the first network from where the run stands.
 * @returns whether it was finished; false where the user stopped it
 */
export async function train(run: Run, spec: Train): Promise<boolean> {
  const { context } = run;
  const data = dataSetOf(context, spec.on, '/start/train/on');
  const perEpoch = Math.ceil(data.train.count / spec.batch_size);
  const span = { updates: perEpoch * spec.epochs, perEpoch };
  const batchAt = drawBatches(data, context.experiment.seed, spec.batch_size);
  const trainer = createTrainer(run, spec, span);
  try {
    return await descend({ run, spec, span, trainer, batchAt });
  } finally {
    trainer.dispose();
  }
}

/** Where every read makes the device wait, the weights had better stay on it. */
function createTrainer(run: Run, spec: Train, span: TrainingSpan): Trainer {
  const waits = run.context.backend.readInterval > 1;
  return waits ? new DeviceTrainer(run, spec, span) : hostTrainer(run, spec, span);
}

/** A training at work. */
interface Training {
  run: Run;
  spec: Train;
  span: Required<TrainingSpan>;
  trainer: Trainer;
  batchAt: (number: number) => TrainingBatch;
}

async function descend(training: Training): Promise<boolean> {
  const { run, span, trainer, batchAt } = training;
  const { record, context } = run;
  const every = Math.max(1, Math.floor(span.updates / REPORTS));
  while (record.training.batches < span.updates) {
    if (context.host.shouldStop()) {
      await note(training);
      await save(training);
      return false;
    }
    await trainer.update(batchAt(record.training.batches));
    const done = ++record.training.batches;
    const isReport = done % every === 0 || done === span.updates;
    if (isReport) await report(training);
    else if (done % context.backend.readInterval === 0) await note(training);
  }
  return true;
}

async function report(training: Training): Promise<void> {
  const { run, spec, span } = training;
  const { batches } = run.record.training;
  await note(training);
  const epoch = Math.floor((batches - 1) / span.perEpoch);
  reportProgress(run, spec, epoch, batches / span.updates);
  await save(training);
}

async function save({ run, trainer }: Training): Promise<void> {
  run.save(await trainer.state());
}

/** Takes down the losses of the updates since the last time. */
async function note({ run, trainer }: Training): Promise<void> {
  const { training } = run.record;
  const losses = await trainer.losses();
  losses.forEach((loss, i) => {
    if (!Number.isFinite(loss)) throw diverged(training.batches - losses.length + i);
    training.lossSum += loss;
    training.lossCount++;
  });
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

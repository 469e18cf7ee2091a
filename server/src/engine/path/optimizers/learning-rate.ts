import type { Optimizer, Schedule, StepSchedule } from '../../../spec/experiment';

/** How long the training is that an optimiser works in. */
export interface TrainingSpan {
  /** Updates in all. */
  updates: number;
  /** Updates in an epoch; absent where there are none, as in a leg. */
  perEpoch?: number;
}

/** The learning rate of an update, `done` updates before it. */
export function learningRate(spec: Optimizer, done: number, span: TrainingSpan): number {
  return spec.learning_rate * (spec.schedule ? rateFactor(spec.schedule, done, span) : 1);
}

/**
 * What the learning rate is multiplied by. It follows from the number of updates alone, so that a resumed training
 * goes on with the very same rates.
 * @param done updates before this one
 */
export function rateFactor(schedule: Schedule, done: number, span: TrainingSpan): number {
  const { warmup } = schedule;
  const warm = Math.min(1, (done + 1) / (warmup + 1));
  switch (schedule.type) {
    case 'constant':
      return warm;
    case 'step':
      return warm * schedule.factor ** Math.floor(done / updatesPerStair(schedule, span));
    case 'linear':
    case 'cosine': {
      if (done < warmup) return warm;
      const end = schedule.steps ?? span.updates;
      const share = done < end ? (done - warmup) / (end - warmup) : 1;
      const left = schedule.type === 'linear' ? 1 - share : (1 + Math.cos(Math.PI * share)) / 2;
      return schedule.final + (1 - schedule.final) * left;
    }
  }
}

function updatesPerStair({ every, unit }: StepSchedule, { perEpoch }: TrainingSpan): number {
  if (unit === 'steps') return every;
  if (perEpoch === undefined) throw new RangeError('A schedule by epochs needs a training.');
  return every * perEpoch;
}

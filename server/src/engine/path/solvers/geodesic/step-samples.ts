import { Random } from '../../../random';
import type { RunContext } from '../../../run-context';
import {
  drawKept,
  pickKept,
  type Draw,
  type KeptFunction,
  type KeptSamples,
} from '../../kept-function';

/** What a step looks at. */
export interface StepSamples {
  /** They define the metric. */
  metric: KeptSamples;
  /** On these the movement of the step is measured. */
  heldOut: KeptSamples;
}

/** Samples on which movements are measured, at most: their mean is then known to about a tenth. */
const HELD_OUT = 100;
/** Part of the memory that is held out, at most. */
const HELD_OUT_SHARE = 5;

/**
 * Draws for a step and holds some of the memory out of its metric, other ones each time. Where the memory is augmented, it
 * is drawn from once more instead, as no two draws are alike; a memory too small to be parted does for both.
 */
export async function drawWithHeldOut(
  kept: KeptFunction,
  context: RunContext,
  draw: Draw,
): Promise<StepSamples> {
  if (kept.augment) {
    const further = { ...draw, samples: Math.min(HELD_OUT, draw.samples), further: 'held-out' };
    const heldOut = await drawKept(kept, context, further);
    return { metric: await drawKept(kept, context, draw), heldOut };
  }
  const { count } = kept.memory;
  const most = Math.min(HELD_OUT, draw.samples);
  const random = Random.of(context.experiment.seed, 'leg', draw.leg, 'held-out', draw.step);
  const apart = random.sample(count, Math.min(most, Math.floor(count / HELD_OUT_SHARE)));
  const metric = await drawKept(kept, context, { ...draw, without: new Set(apart) });
  return { metric, heldOut: apart.length > 0 ? pickKept(kept.memory, apart) : metric };
}

/** `replay`: labels of the memory beside the further task. */
import { describe, expect, test } from 'vitest';
import { createObjective } from '../../../server/src/engine/path/objectives/create-objective';
import { lossGradient } from '../../../server/src/engine/path/loss-gradient';
import { drawMemory } from '../../../server/src/engine/path/keep/draw-memory';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type { Leg, LearnObjective } from '../../../server/src/spec/experiment';
import { relativeError } from '../dense-algebra';
import { TestHost } from '../recording-host';
import { experiment, learn as runLearn, surrogate } from '../whole-runs';
import { anchor, at, context, dataSets, settingFor, small } from './tiny-baselines';

const plainMemory: Leg = { ...small, keep: { on: 'digits', distance: 'logits', memory: 8 } };

const withReplay = (leg: Leg, replay: number): Leg => ({
  ...leg,
  objective: { ...(leg.objective as LearnObjective), replay },
});

async function gradientOf(leg: Leg) {
  const objective = createObjective(leg, 0, context);
  const { kept } = await settingFor(leg);
  await objective.begin?.(kept);
  return objective.gradient(anchor, 2);
}

describe('replay', () => {
  test('adds its weight times the loss of the whole memory, where a step draws all of it', async () => {
    const alone = await gradientOf(plainMemory);
    const both = await gradientOf(withReplay(plainMemory, 3));
    const digits = dataSets.get('digits')!;
    const [memory] = drawMemory(plainMemory, [digits], context.experiment.seed);
    const own = await lossGradient(context, anchor, digits, memory!.indices);
    expect(both.value).toBeCloseTo(alone.value + 3 * own.value, 5);
    const expected = Float64Array.from(alone.gradient, (g, i) => g + 3 * at(own.gradient, i));
    expect(relativeError(both.gradient, expected)).toBeLessThan(1e-5);
    expect(relativeError(alone.gradient, expected)).toBeGreaterThan(0.1);
  });

  test.each([surrogate, runLearn])('a run takes it and resumes: $solver.type', async (plainLeg) => {
    const leg = withReplay(plainLeg, 1);
    const end = `${leg.leg}-end`;
    const [whole, plain] = [new TestHost(), new TestHost()];
    await runExperiment(experiment([leg]), whole);
    await runExperiment(experiment([withReplay(leg, 0)]), plain);
    expect(whole.files.get(end)).not.toEqual(plain.files.get(end));
    const resumed = new TestHost();
    await runExperiment(experiment([leg]), resumed, whole.states.at(-4));
    expect(resumed.files.get(end)).toEqual(whole.files.get(end));
  });
});

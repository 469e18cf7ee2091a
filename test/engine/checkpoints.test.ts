/** Where along a leg the network is measured, and how far from the start it is then. */
import { expect, test } from 'vitest';
import type { NamedTensor } from '../../server/src/engine/host';
import { runExperiment } from '../../server/src/engine/run-experiment';
import { learnLeg, MemoryHost, pruneLeg, smallExperiment } from './memory-host';
import { essence } from './recording-host';

const stepsOf = async (every: number | undefined, steps: number) => {
  const solver = { ...pruneLeg.solver, steps };
  const leg = { ...pruneLeg, solver, ...(every !== undefined && { checkpoint_every: every }) };
  const host = new MemoryHost();
  await runExperiment(smallExperiment([leg]), host);
  return host.of('checkpoint').map(({ step }) => step);
};

test('checkpoints are as far apart as the leg says, its ends included', async () => {
  expect(await stepsOf(5, 12)).toEqual([0, 5, 10, 12]);
  expect(await stepsOf(4, 12)).toEqual([0, 4, 8, 12]);
  expect(await stepsOf(100, 12)).toEqual([0, 12]);
});

test('there are about 25 of them where it says nothing', async () => {
  expect(await stepsOf(undefined, 60)).toEqual([
    0,
    ...Array.from({ length: 20 }, (_, i) => 3 * (i + 1)),
  ]);
});

const values = (tensors: readonly NamedTensor[] | undefined): number[] =>
  (tensors ?? []).flatMap((tensor) => [...tensor.values]);

function distanceOf(host: MemoryHost, a: string, b: string): number {
  const [x, y] = [a, b].map((name) => values(host.files.get(`weights/${name}.safetensors`)));
  return Math.hypot(...(x ?? []).map((value, i) => value - (y?.[i] ?? NaN)));
}

test('the distance from the start goes on over legs, also where the run is resumed in the second', async () => {
  const path = [learnLeg, pruneLeg];
  const whole = new MemoryHost();
  const report = await runExperiment(smallExperiment(path), whole);
  const [learnt, pruned] = report.legs.map(({ end }) => end);
  expect(learnt?.['start_distance']).toBe(learnt?.['weight_distance']);
  expect(learnt?.['start_distance']).toBeCloseTo(distanceOf(whole, 'add-end', 'start'), 4);
  expect(pruned?.['start_distance']).toBeCloseTo(distanceOf(whole, 'prune-end', 'start'), 4);
  expect(pruned?.['weight_distance']).toBeCloseTo(distanceOf(whole, 'prune-end', 'add-end'), 4);
  expect(pruned?.['start_distance']).not.toBeCloseTo(Number(pruned?.['weight_distance']), 2);
  for (const state of whole.states.slice(-15)) {
    const rest = new MemoryHost();
    await runExperiment(smallExperiment(path), rest, state);
    const tail = essence(rest.events);
    expect(tail).toEqual(essence(whole.events).slice(-tail.length));
  }
});

import { describe, expect, test } from 'vitest';
import { leastBytes } from '../../server/src/engine/memory-forecast';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { describeNetwork } from '../../server/src/engine/network/describe-network';
import { leastBytesOf } from '../../server/src/engine/network/least-bytes';
import type { Model } from '../../server/src/spec/experiment';
import { memoryNeeds } from '../../server/src/spec/memory-needs';
import { memoryFits } from '../../server/src/spec/rules/memory-fits';
import { bytesText } from '../../server/src/spec/words';
import { check, validSpec } from '../language/kit';

test('what the editor forecasts is what the engine holds against the backend', () => {
  const model: Model = { architecture: 'resnet18', width: 4, classes: 10 };
  const shape = [16, 16, 3];
  const known = leastBytesOf(describeNetwork(model, shape), 7);
  expect(known).toBe(leastBytes(buildNetwork(model, shape), 7));
});

test('no more samples are drawn than there are, and augmented ones come again', async () => {
  const samplesIn = async (text: string) =>
    memoryNeeds(await check(text)).map(({ pointer, samples }) => [pointer, samples]);
  const spec = validSpec.replace('steps: 10', 'steps: 10, samples: 800');
  expect(await samplesIn(spec)).toEqual([
    ['/start/train/batch_size', 128],
    ['/path/0/solver/samples', 500],
  ]);
  const augmented = spec.replace('memory: 500', 'memory: 500, augment: [affine]');
  expect((await samplesIn(augmented))[1]).toEqual(['/path/0/solver/samples', 800]);
  const perClass = spec.replace('memory: 500', 'memory: {per_class: 3}');
  expect(await samplesIn(perClass)).toHaveLength(1);
});

describe('against the machine', () => {
  const foundWith = async (backend: string, machineBytes: number) => {
    const text = validSpec.replace('data:', `backend: ${backend}\ndata:`);
    return memoryFits({ ...(await check(text)), machineBytes });
  };

  test('a spec that this machine cannot hold has a warning with the most that it can', async () => {
    // A network of 400-30-20-10: 12,860 weights, and 60 + activations for each sample.
    const [start, leg] = await foundWith('auto', 150_000);
    expect(leg).toMatchObject({ code: 'fip/out-of-memory', severity: 'warning' });
    expect(leg?.message).toMatch(/^Derivatives on 500 samples need .* KiB at least, and this/);
    expect(leg?.message).toMatch(/Lower `samples` to \d+ or less/);
    expect(start?.code).toBe('fip/out-of-memory');
    expect(await foundWith('auto', 1e9)).toEqual([]);
  });

  test('a graphics card is not judged by the memory of the machine, nor is wasm', async () => {
    expect(await foundWith('webgpu', 1000)).toEqual([]);
    expect(await foundWith('wasm', 1000)).toEqual([]);
  });
});

test('sizes are said in two digits', () => {
  expect([0, 1023, 1536, 3 * 2 ** 30].map(bytesText)).toEqual([
    '0 B',
    '1000 B',
    '1.5 KiB',
    '3 GiB',
  ]);
});

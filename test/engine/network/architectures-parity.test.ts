/** Whole networks against PyTorch in float64, from models as transformers and torchvision save them (see test/parity). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../server/src/engine/backends/backend';
import { linearise } from '../../../server/src/engine/geometry/linearisation';
import type { NamedTensor } from '../../../server/src/engine/host';
import { toNamedTensors, viewOf } from '../../../server/src/engine/network/layout';
import type { Network } from '../../../server/src/engine/network/network';
import { byNamesOf } from '../../../server/src/engine/network/published-names';
import { encodeWeights } from '../../../server/src/engine/network/safetensors';
import { weightsOfFile } from '../../../server/src/engine/network/weights-of-file';
import { crossEntropy } from '../../../server/src/engine/path/cross-entropy';
import { Random } from '../../../server/src/engine/random';
import { backendsToTest } from '../backends';
import { minus, norm, relativeError } from '../dense-algebra';
import { published, shapeOf, startingWith, valuesOf, type Published } from './published-networks';

const OUTPUTS = 1e-4;
const DERIVATIVES = 1e-3;
/** Files written here are for test/parity/check_written.py. */
const WRITTEN = process.env['FIP_PARITY_WRITTEN'];
const STEP = 0.01;

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

function read({ network, tensors, name }: Published) {
  return weightsOfFile(network, tensors, name, Random.of('none'));
}

/** A vector in weight space from tensors by the names of the file; statistics have no part in it. */
function vectorOf(network: Network, tensors: NamedTensor[]): Float32Array {
  const statistics = network.layout.entries.filter(({ role }) => role === 'statistic');
  const none = statistics.map(({ name, shape, size }) => ({
    name,
    shape,
    values: new Float32Array(size),
  }));
  return weightsOfFile(network, [...tensors, ...none], 'tangent', Random.of('none')).weights;
}

/** Array by array, so that no large one hides a small one; what should be 0 is so relative to the whole. */
function expectClose(network: Network, found: Float32Array, expected: Float32Array) {
  const floor = norm(expected) / Math.sqrt(network.layout.entries.length);
  for (const entry of network.layout.entries) {
    const [a, b] = [viewOf(entry, found), viewOf(entry, expected)];
    const scale = Math.max(norm(b), 1e-2 * floor);
    expect(norm(minus(a, b)) / scale, entry.name).toBeLessThan(DERIVATIVES);
  }
}

async function within(
  backend: Backend,
  item: Published,
  work: (at: ReturnType<typeof linearise>) => Promise<void>,
) {
  const { network, expected } = item;
  const samples = shapeOf(expected, 'inputs')[0]!;
  await backend.scope(async () => {
    const x = backend.tensor(valuesOf(expected, 'inputs'), [samples, network.inputs]);
    await work(linearise(backend, network, read(item).weights, x));
  });
}

describe.each(published)('$name', (item) => {
  const { name, network, tensors, expected } = item;

  test('takes every weight of the file, and draws none', () => {
    const { drawn, unused } = read(item);
    expect(drawn).toEqual([]);
    const left = name === 'bert-states' ? ['pooler.dense.bias', 'pooler.dense.weight'] : [];
    expect(unused.sort()).toEqual(left);
  });

  test('is written as its library writes it', () => {
    const written = toNamedTensors(network.layout, read(item).weights);
    const theirs = tensors.filter(({ name: own }) => !own.startsWith('pooler.'));
    const sorted = (all: NamedTensor[]) =>
      all
        .map((tensor) => ({ ...tensor, shape: [...tensor.shape] }))
        .sort((a, b) => a.name.localeCompare(b.name));
    expect(sorted(written)).toEqual(sorted(theirs));
  });

  test.skipIf(WRITTEN === undefined)('is written, moved along v, for its library', () => {
    const v = vectorOf(network, startingWith(expected, 'v.'));
    const moved = read(item).weights.map((weight, i) => weight + STEP * v[i]!);
    mkdirSync(join(WRITTEN!, name), { recursive: true });
    const bytes = encodeWeights(toNamedTensors(network.layout, moved));
    writeFileSync(join(WRITTEN!, name, 'model.safetensors'), bytes);
  });

  test.each(backends)('outputs on $on', ({ backend }) =>
    within(backend, item, async (at) => {
      const error = relativeError(await backend.read(at.outputs), valuesOf(expected, 'outputs'));
      expect(error).toBeLessThan(OUTPUTS);
    }),
  );

  test.each(backends)('J v and J^T u on $on', ({ backend }) =>
    within(backend, item, async (at) => {
      const v = vectorOf(network, startingWith(expected, 'v.'));
      const jv = await backend.read(at.jvp(v));
      expect(relativeError(jv, valuesOf(expected, 'jv'))).toBeLessThan(DERIVATIVES);
      const u = backend.tensor(valuesOf(expected, 'u'), at.outputs.shape);
      const jtu = vectorOf(network, startingWith(expected, 'jtu.'));
      expectClose(network, await at.vjp(u), jtu);
    }),
  );

  test.skipIf(name === 'bert-states').each(backends)(
    'the loss and its gradient on $on',
    ({ backend }) =>
      within(backend, item, async (at) => {
        const labels = Int32Array.from(valuesOf(expected, 'labels'));
        const { loss, cotangent } = crossEntropy(await backend.read(at.outputs), labels);
        expect(Math.abs(loss / valuesOf(expected, 'loss')[0]! - 1)).toBeLessThan(OUTPUTS);
        const gradient = vectorOf(network, startingWith(expected, 'gradient.'));
        expectClose(network, await at.vjp(backend.tensor(cotangent, at.outputs.shape)), gradient);
      }),
  );
});

test('every tensor of every fixture lands in an array of its own', () => {
  for (const { network, tensors } of published) {
    const wanted = new Set(network.layout.entries.map(({ name }) => name));
    const found = [...byNamesOf(wanted, tensors).keys()];
    expect(new Set(found).size).toBe(tensors.length);
  }
});

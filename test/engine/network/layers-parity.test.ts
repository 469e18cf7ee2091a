/** Every kind of layer against PyTorch in float64, from the committed fixture (see test/parity). */
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../server/src/engine/backends/backend';
import { linearise } from '../../../server/src/engine/geometry/linearisation';
import { NetworkBuilder, type Value } from '../../../server/src/engine/network/build';
import { relu, tanh } from '../../../server/src/engine/network/layers/activation';
import { add } from '../../../server/src/engine/network/layers/add';
import { attention } from '../../../server/src/engine/network/layers/attention';
import { conv2d } from '../../../server/src/engine/network/layers/conv2d';
import { dense } from '../../../server/src/engine/network/layers/dense';
import {
  addedRows,
  embedding,
  prependToken,
} from '../../../server/src/engine/network/layers/embedding';
import { gelu, geluTanh } from '../../../server/src/engine/network/layers/gelu';
import type { LayerFactory } from '../../../server/src/engine/network/layers/layer';
import { batchNorm, layerNorm } from '../../../server/src/engine/network/layers/normalize';
import {
  averagePool,
  globalAveragePool,
  maxPool,
} from '../../../server/src/engine/network/layers/pool';
import { flatten, mergePixels } from '../../../server/src/engine/network/layers/reshape';
import { softmax } from '../../../server/src/engine/network/layers/softmax';
import { sizeOf, unary } from '../../../server/src/engine/network/layers/unary';
import { fillFromFile } from '../../../server/src/engine/network/layout';
import type { Network } from '../../../server/src/engine/network/network';
import { readMeasured, blendStatistics } from '../../../server/src/engine/network/statistics';
import { Random } from '../../../server/src/engine/random';
import fixture from '../../fixtures/parity/layers.json';
import { backendsToTest } from '../backends';
import { minus, norm } from '../dense-algebra';
import { probe } from './probe';

type Case = (typeof fixture.cases)[number];
interface Named {
  name: string;
  values: number[];
}

/** The fixture gives each case what its layer needs. */
interface Config {
  kernel: number;
  stride: number;
  padding: number;
  groups: number;
  bias: boolean;
  eps: number;
  mode: string;
  approximate: string;
  heads: number;
  mask?: number[][];
  patch: number;
}

type Compose = (net: NetworkBuilder, x: Value, config: Config, item: Case) => Value;

const single =
  (make: (config: Config, item: Case) => LayerFactory): Compose =>
  (net, x, config, item) =>
    net.apply('layer', make(config, item), x);

const LAYERS: Record<string, Compose> = {
  dense: single((_, { output }) => dense({ units: output.shape.at(-1)! })),
  conv2d: single((config, { output }) => conv2d({ ...config, filters: output.shape.at(-1)! })),
  max_pool: single(maxPool),
  average_pool: single(averagePool),
  global_average_pool: single(() => globalAveragePool),
  flatten: single(() => flatten),
  batch_norm: single(({ eps }) => batchNorm(eps)),
  layer_norm: single(({ eps }) => layerNorm(eps)),
  relu: single(() => relu),
  tanh: single(() => tanh),
  softmax: single(() => softmax),
  gelu: single(({ approximate }) => (approximate === 'tanh' ? geluTanh : gelu)),
  embedding: single(() => embedding({ rows: 7, width: 4 })),
  attention(net, x, { heads, mask }) {
    const width = x.shape.at(-1)!;
    const [q, k, v] = ['query', 'key', 'value'].map((name) =>
      net.apply(`layer.${name}`, dense({ units: width }), x),
    ) as [Value, Value, Value];
    const masks = mask ? [net.apply('mask', constantMask(mask), x)] : [];
    const mixed = net.apply('mix', attention(heads), q, k, v, ...masks);
    return net.apply('layer.output', dense({ units: width }), mixed);
  },
  patch_embedding(net, x, { patch }, { output }) {
    const filters = output.shape.at(-1)!;
    const cut = conv2d({ filters, kernel: patch, stride: patch, padding: 0 });
    return net.apply('merge', mergePixels, net.apply('layer', cut, x));
  },
  class_token_and_positions(net, x) {
    const [length = 0, width = 0] = x.shape;
    const rows = length + 1;
    const positions = { name: 'position_embeddings', rows, width, shape: [1, rows, width] };
    return net.apply(
      'layer',
      addedRows(positions),
      net.apply('layer', prependToken('cls_token'), x),
    );
  },
  residual: (net, x) =>
    net.apply('sum', add, x, net.apply('relu', relu, net.apply('layer', dense({ units: 5 }), x))),
};

/** The same mask whatever the input; one row a sample. */
const constantMask =
  (mask: number[][]): LayerFactory =>
  () =>
    unary({
      outputShape: [mask[0]!.length],
      forward: ({ backend }) => ({
        output: backend.tensor(Float32Array.from(mask.flat()), [mask.length, mask[0]!.length]),
      }),
      jvpInput: (backend, { output }) => backend.scale(output, 0),
      vjpInput: (_backend, { inputs }) => inputs[0]!,
    });

const isWords = ({ layer }: Case) => layer === 'embedding';
const configOf = (item: Case) => item.config as unknown as Config;
const isTraining = (item: Case) => item.name.endsWith(', train');

/** The case's layer behind a probe, which stands for a moving input; numbers of words do not move. */
function networkOf(item: Case): Network {
  const net = new NetworkBuilder(item.input.shape.slice(1));
  const x = isWords(item) ? net.input : net.apply('probe', probe, net.input);
  return net.build(LAYERS[item.layer]!(net, x, configOf(item), item));
}

/** A flat vector from named arrays as PyTorch has them, and a sample's own numbers for the probe. */
function vectorOf({ layout }: Network, named: Named[], offset?: ArrayLike<number>): Float32Array {
  const vector = new Float32Array(layout.size);
  for (const entry of layout.entries) {
    const values = named.find(({ name }) => entry.name === `layer.${name}`)?.values;
    if (values) fillFromFile(entry, Float32Array.from(values), vector);
    else if (offset && entry.name === 'probe.offset') vector.set(offset, entry.offset);
  }
  return vector;
}

const row = (values: number[], shape: number[], sample: number) => {
  const size = sizeOf(shape.slice(1));
  return values.slice(sample * size, (sample + 1) * size);
};

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  // What should be 0, as the cotangent of a bias that is added to all keys, is what cancels in float32.
  expect(norm(minus(found, expected))).toBeLessThanOrEqual(2e-5 * Math.max(norm(expected), 0.5));
}

async function within(backend: Backend, item: Case, work: (tools: Tools) => Promise<void>) {
  const network = networkOf(item);
  const named = [...item.weights, ...item.buffers] as Named[];
  const weights = vectorOf(network, named);
  await backend.scope(async () => {
    const x = backend.tensor(Float32Array.from(item.input.values), [
      item.input.shape[0]!,
      network.inputs,
    ]);
    const training = isTraining(item) ? { random: Random.of('parity') } : undefined;
    await work({ network, weights, at: linearise(backend, network, weights, x, training) });
  });
}

interface Tools {
  network: Network;
  weights: Float32Array;
  at: ReturnType<typeof linearise>;
}

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));
const cases = fixture.cases.map((item) => ({ called: `${item.layer}, ${item.name}`, item }));

describe.each(backends)('on $on', ({ backend }) => {
  test.each(cases)('$called', async ({ item }) => {
    await within(backend, item, async ({ network, at }) => {
      expectClose(await backend.read(at.outputs), item.output.values);
      const samples = item.output.shape[0]!;
      const cotangent = backend.tensor(Float32Array.from(item.cotangent.values), at.outputs.shape);
      const back = await at.vjp(cotangent);
      const wanted = vectorOf(network, item.vjp.weights);
      const learnt = network.layout.entries.filter(({ name }) => name.startsWith('layer.'));
      for (const { offset, size } of learnt)
        expectClose(back.subarray(offset, offset + size), wanted.subarray(offset, offset + size));
      // The batch's own statistics tie its samples together, which one probe for all cannot show.
      if (isTraining(item)) return;
      for (let sample = 0; sample < samples; sample++) {
        const moving = item.tangent.input;
        const offset = moving && row(moving.values, moving.shape, sample);
        const v = vectorOf(network, item.tangent.weights, offset ?? []);
        const jv = await backend.read(at.jvp(v));
        expectClose(
          row(Array.from(jv), item.output.shape, sample),
          row(item.jvp.values, item.jvp.shape, sample),
        );
      }
    });
  });

  test('running statistics move as in PyTorch', async () => {
    for (const item of fixture.cases.filter(isTraining))
      await within(backend, item, async ({ network, weights, at }) => {
        blendStatistics(network.layout, weights, await readMeasured(backend, network, at.points));
        const updated = (item as unknown as { updatedBuffers: Named[] }).updatedBuffers;
        const wanted = vectorOf(network, updated);
        for (const { role, offset, size } of network.layout.entries)
          if (role === 'statistic')
            expectClose(
              weights.subarray(offset, offset + size),
              wanted.subarray(offset, offset + size),
            );
      });
  });
});

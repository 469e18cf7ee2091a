/** The rules of every layer on every backend, against central differences in float64. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NetworkBuilder } from '../../../server/src/engine/network/build';
import { relu, tanh } from '../../../server/src/engine/network/layers/activation';
import { add } from '../../../server/src/engine/network/layers/add';
import { attention } from '../../../server/src/engine/network/layers/attention';
import { conv2d } from '../../../server/src/engine/network/layers/conv2d';
import { dense } from '../../../server/src/engine/network/layers/dense';
import { dropout } from '../../../server/src/engine/network/layers/dropout';
import {
  addedRows,
  embedding,
  prependToken,
  takeRow,
} from '../../../server/src/engine/network/layers/embedding';
import { gelu, geluTanh } from '../../../server/src/engine/network/layers/gelu';
import type { LayerFactory } from '../../../server/src/engine/network/layers/layer';
import { batchNorm, layerNorm } from '../../../server/src/engine/network/layers/normalize';
import {
  averagePool,
  globalAveragePool,
  maxPool,
} from '../../../server/src/engine/network/layers/pool';
import { flatten } from '../../../server/src/engine/network/layers/reshape';
import { softmax } from '../../../server/src/engine/network/layers/softmax';
import { sizeOf, unary } from '../../../server/src/engine/network/layers/unary';
import type { Network } from '../../../server/src/engine/network/network';
import { backendsToTest } from '../backends';
import { probe } from './probe';
import { expectDerivatives, pointOf, referenceJacobian, type Point } from '../derivatives';
import type { Matrix } from '../reference-mlp';

/** A layer behind a probe. */
function probed(shape: readonly number[], factory: LayerFactory): Network {
  const net = new NetworkBuilder(shape);
  return net.build(net.apply('layer', factory, net.apply('probe', probe, net.input)));
}

const windows = (kernel: number, stride: number, padding: number) => ({ kernel, stride, padding });
const image = [6, 5, 4];

/** Queries, keys, values and a mask from one input of so many rows. */
function attentionOf(heads: number, mask: boolean): Network {
  const [length, width] = [4, 6];
  const net = new NetworkBuilder([4, length, width]);
  const [q, k, v] = [0, 1, 2].map((i) =>
    net.apply(`probe${i}`, probe, net.apply(`row${i}`, takeRow(i), net.input)),
  );
  const flags = net.apply('flags', takeRow(0), net.apply('turned', maskRow, net.input));
  const inputs = mask ? [q!, k!, v!, flags] : [q!, k!, v!];
  return net.build(net.apply('attention', attention(heads), ...inputs));
}

/** 1 where the first column of the fourth row of an input is positive; the first token always. */
const maskRow: LayerFactory = ([, length = 0, width = 0] = []) =>
  unary({
    outputShape: [1, length],
    forward({ backend }, _parameters, x) {
      const samples = x.shape[0] ?? 0;
      const column = backend.slice(
        backend.reshape(x, [samples, 4, length * width]),
        [0, 3, 0],
        [-1, 1, length],
      );
      const first = Float32Array.from({ length }, (_, i) => (i === 0 ? 100 : 0));
      return { output: backend.step(backend.add(column, backend.tensor(first, [1, 1, length]))) };
    },
    jvpInput: (_backend, _point, tangent) => tangent,
    vjpInput: (_backend, _point, cotangent) => cotangent,
  });

function tokens(): Network {
  const net = new NetworkBuilder([5]);
  const x = net.apply('words', embedding({ rows: 7, width: 3 }), net.input);
  return net.build(net.apply('positions', addedRows({ name: 'p', rows: 8, width: 3 }), x));
}

function residual(): Network {
  const net = new NetworkBuilder([6]);
  const x = net.apply('probe', probe, net.input);
  const body = net.apply('tanh', tanh, net.apply('dense', dense({ units: 6 }), x));
  return net.build(net.apply('sum', add, x, body));
}

function shared(): Network {
  const net = new NetworkBuilder([4]);
  const x = net.apply('tanh', tanh, net.apply('dense', dense({ units: 4 }), net.input));
  return net.build(
    net.applyShared('again', dense({ units: 4 }), ['dense.weight', 'dense.bias'], x),
  );
}

const ids = Float32Array.of(6, 0, 3, 3, 6, 1, 2, 2, 5, 0);

const networks: Record<string, [Network, Partial<Point>?]> = {
  dense: [probed([6], dense({ units: 4 }))],
  'dense on tokens': [probed([3, 5], dense({ units: 4 }))],
  relu: [probed([12], relu)],
  tanh: [probed([12], tanh)],
  gelu: [probed([12], gelu)],
  'gelu by tanh': [probed([12], geluTanh)],
  softmax: [probed([2, 5], softmax)],
  flatten: [probed([2, 3, 2], flatten)],
  'conv2d, kernel 3': [probed(image, conv2d({ filters: 3, ...windows(3, 1, 1) }))],
  'conv2d, kernel 1, no bias': [
    probed(image, conv2d({ filters: 3, bias: false, ...windows(1, 1, 0) })),
  ],
  'conv2d, stride 2': [probed(image, conv2d({ filters: 3, ...windows(3, 2, 1) }))],
  'conv2d, kernel 5, stride 3': [probed([8, 7, 2], conv2d({ filters: 2, ...windows(5, 3, 2) }))],
  'conv2d, 1 x 1 with stride 2': [probed(image, conv2d({ filters: 3, ...windows(1, 2, 0) }))],
  'conv2d in two groups': [probed(image, conv2d({ filters: 6, groups: 2, ...windows(3, 2, 1) }))],
  'conv2d, depthwise': [probed(image, conv2d({ filters: 4, groups: 4, ...windows(3, 1, 1) }))],
  'conv2d, depthwise with stride 2': [
    probed(image, conv2d({ filters: 4, groups: 4, ...windows(3, 2, 1) })),
  ],
  'conv2d, two filters a channel': [
    probed(image, conv2d({ filters: 8, groups: 4, ...windows(3, 1, 1) })),
  ],
  'max pool': [probed(image, maxPool(windows(2, 2, 0)))],
  'max pool, overlapping': [probed(image, maxPool(windows(3, 2, 1)))],
  'average pool': [probed(image, averagePool(windows(2, 2, 0)))],
  'average pool, overlapping': [probed(image, averagePool(windows(3, 2, 1)))],
  'global average pool': [probed(image, globalAveragePool)],
  'batch norm, frozen': [probed([3, 2, 4], batchNorm(1e-5))],
  'batch norm, training': [probed([3, 2, 4], batchNorm(1e-5)), { training: true }],
  'layer norm': [probed([3, 6], layerNorm(1e-5))],
  'dropout, frozen': [probed([12], dropout(0.4))],
  'dropout, training': [probed([12], dropout(0.4)), { training: true }],
  'embedding and positions': [tokens(), { inputs: ids, samples: 2 }],
  'kinds of tokens': [probed([3, 4], addedRows({ name: 'k', rows: 2, width: 4, first: true }))],
  'positions of another shape': [
    probed([3, 4], addedRows({ name: 'p', rows: 3, width: 4, shape: [1, 3, 4] })),
  ],
  'class token': [probed([3, 4], prependToken('token'))],
  'one token': [probed([3, 4], takeRow(1))],
  'attention, one head': [attentionOf(1, false)],
  'attention, three heads': [attentionOf(3, false)],
  'attention with a mask': [attentionOf(2, true)],
  'patch embedding': [probed([4, 4, 3], conv2d({ filters: 5, ...windows(2, 2, 0) }))],
  residual: [residual()],
  'shared weights': [shared()],
};

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

describe.each(Object.entries(networks))('%s', (name, [network, options]) => {
  const point = pointOf(network, name, options);
  let jacobian: Matrix;
  beforeAll(() => {
    jacobian = referenceJacobian(point);
  });

  test.each(backends)('on $on', ({ backend }) => expectDerivatives(backend, point, jacobian, 1e-5));

  test('counts its weights', () => {
    const count = network.layout.entries.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(network.layout.size).toBe(count);
  });
});

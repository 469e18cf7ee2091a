/** Every primitive of every backend against float64 loops, on shapes that layers use. */
import { describe, expect, test } from 'vitest';
import type { Backend, Tensor } from '../../server/src/engine/backends/backend';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { minus, norm } from './dense-algebra';
import { ReferenceBackend } from './reference-backend';

const reference = new ReferenceBackend();
type Make = (name: string, shape: readonly number[]) => Tensor;
type Case = (backend: Backend, make: Make) => Tensor;

const convolutions = [1, 2, 3].flatMap((stride) => [1, 3, 5].map((kernel) => ({ stride, kernel })));
const [HEIGHT, WIDTH] = [9, 8];
const outputs = (kernel: number, stride: number) =>
  [HEIGHT, WIDTH].map((extent) => Math.floor((extent - kernel) / stride) + 1);

const cases: Record<string, Case> = {
  'matMul of matrices': (b, t) => b.matMul(t('a', [13, 70]), t('b', [70, 9])),
  'matMul of a batch': (b, t) => b.matMul(t('a', [2, 3, 5, 7]), t('b', [2, 3, 7, 4])),
  'matMul of a batch, transposed': (b, t) =>
    b.matMul(t('a', [2, 3, 7, 5]), t('b', [2, 3, 4, 7]), { transposeA: true, transposeB: true }),
  'matMul A B^T of a batch': (b, t) =>
    b.matMul(t('a', [4, 5, 60]), t('b', [4, 6, 60]), { transposeB: true }),
  'add, stretched': (b, t) => b.add(t('a', [2, 3, 4]), t('b', [4])),
  'subtract, stretched both ways': (b, t) => b.subtract(t('a', [2, 1, 4]), t('b', [1, 3, 4])),
  'multiply by a scalar': (b, t) => b.multiply(t('a', [2, 3]), t('b', [])),
  'multiply, channels': (b, t) => b.multiply(t('a', [2, 3, 3, 5]), t('b', [1, 1, 1, 5])),
  divide: (b, t) => b.divide(t('a', [6, 4]), b.exp(t('b', [6, 4]))),
  maximum: (b, t) => b.maximum(t('a', [6, 4]), t('b', [6, 4])),
  scale: (b, t) => b.scale(t('a', [5]), -2.5),
  relu: (b, t) => b.relu(t('a', [50])),
  step: (b, t) => b.step(t('a', [50])),
  'step of 0': (b, t) => b.step(b.scale(t('a', [4]), 0)),
  tanh: (b, t) => b.tanh(t('a', [50])),
  exp: (b, t) => b.exp(t('a', [50])),
  sqrt: (b, t) => b.sqrt(b.exp(t('a', [50]))),
  erf: (b, t) => b.erf(b.scale(t('a', [200]), 2)),
  softmax: (b, t) => b.softmax(b.scale(t('a', [2, 3, 7]), 4)),
  'sum over rows': (b, t) => b.sum(t('a', [9, 5]), [0]),
  'sum over the last axis, kept': (b, t) => b.sum(t('a', [2, 5, 6]), [2], true),
  'sum over pixels': (b, t) => b.sum(t('a', [2, 5, 6, 3]), [0, 1, 2]),
  dot: (b, t) => b.dot(t('a', [7, 5]), t('b', [7, 5])),
  reshape: (b, t) => b.reshape(t('a', [4, 6]), [2, -1, 3]),
  'transpose of heads': (b, t) => b.transpose(t('a', [2, 5, 3, 4]), [0, 2, 1, 3]),
  'transpose of samples': (b, t) => b.transpose(t('a', [2, 5, 3, 4]), [3, 1, 2, 0]),
  slice: (b, t) => b.slice(t('a', [4, 5, 6, 3]), [1, 0, 2, 1], [2, -1, 3, -1]),
  concat: (b, t) => b.concat([t('a', [2, 3, 4]), t('b', [2, 1, 4])], 1),
  pad: (b, t) =>
    b.pad(t('a', [2, 3, 4, 2]), [
      [0, 0],
      [1, 2],
      [0, 3],
      [0, 1],
    ]),
  gatherRows: (b, t) => b.gatherRows(t('a', [7, 3]), ids(b)),
  scatterRows: (b, t) => b.scatterRows(t('a', [6, 3]), ids(b), 5000),
  ...Object.fromEntries(
    convolutions.flatMap(({ stride, kernel }): [string, Case][] => {
      const name = `kernel ${kernel}, stride ${stride}`;
      const [x, w] = [
        [2, HEIGHT, WIDTH, 3],
        [kernel, kernel, 3, 4],
      ];
      const y = [2, ...outputs(kernel, stride), 4];
      return [
        [`conv2d, ${name}`, (b, t) => b.conv2d(t('x', x), t('w', w), stride)],
        [`conv2dInput, ${name}`, (b, t) => b.conv2dInput(t('y', y), t('w', w), stride, x)],
        [`conv2dWeights, ${name}`, (b, t) => b.conv2dWeights(t('x', x), t('y', y), stride, w)],
      ];
    }),
  ),
};

/** The same row more than once. */
const ids = (backend: Backend) => backend.tensor(Float32Array.of(6, 0, 3, 3, 6, 6), [2, 3]);

const makeOn = (backend: Backend): Make => {
  return (name, shape) => {
    const random = Random.of('primitives', name);
    const size = shape.reduce((a, b) => a * b, 1);
    return backend.tensor(
      Float32Array.from({ length: size }, () => random.normal()),
      shape,
    );
  };
};

const backends = await backendsToTest();
describe.each(backends.map((backend) => ({ on: backend.name, backend })))('$on', ({ backend }) => {
  test.each(Object.entries(cases))('%s', async (_, work) => {
    const expected = work(reference, makeOn(reference));
    await backend.scope(async () => {
      const found = work(backend, makeOn(backend));
      expect(found.shape).toEqual(expected.shape);
      const wanted = reference.values(expected);
      const error = norm(minus(await backend.read(found), wanted));
      expect(error).toBeLessThanOrEqual(2e-6 * norm(wanted));
    });
  });

  test('gives the same bits again', async () => {
    const all = () =>
      backend.scope(async () => {
        const bits: Float32Array[] = [];
        for (const work of Object.values(cases))
          bits.push(await backend.read(work(backend, makeOn(backend))));
        return bits;
      });
    expect(await all()).toEqual(await all());
  });
});

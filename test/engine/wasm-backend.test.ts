/** The guards around what TensorFlow.js gets wrong on wasm without saying so. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import { guardMemory } from '../../server/src/engine/backends/memory-guard';
import { loadWasmBackend } from '../../server/src/engine/backends/wasm';
import { Random } from '../../server/src/engine/random';

let backend: Backend;
beforeAll(async () => {
  backend = await loadWasmBackend();
});

test.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])(
  'the matrix product with transposes %s, %s equals float64 loops',
  async (transposeA, transposeB) => {
    const [n, k, m] = [37, 61, 53];
    const random = Random.of('matmul');
    const a = Float32Array.from({ length: n * k }, () => random.normal());
    const b = Float32Array.from({ length: k * m }, () => random.normal());
    const product = await backend.scope(async () => {
      const left = backend.tensor(a, transposeA ? [k, n] : [n, k]);
      const right = backend.tensor(b, transposeB ? [m, k] : [k, m]);
      return backend.read(backend.matMul(left, right, { transposeA, transposeB }));
    });
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++)
          sum +=
            (a[transposeA ? l * n + i : i * k + l] ?? 0) *
            (b[transposeB ? j * k + l : l * m + j] ?? 0);
        expect(Math.abs((product[i * m + j] ?? 0) - sum)).toBeLessThan(1e-4);
      }
  },
);

test('kernels with silently wrong results are gone', () => {
  for (const kernel of ['_FusedMatMul', 'MaxPoolGrad', 'Cumsum', 'Conv3DBackpropInputV2'])
    expect(tf.getKernel(kernel, 'wasm')).toBeUndefined();
});

test('an allocation beyond the budget throws, names the tensor, and frees nothing else', async () => {
  const wasm = tf.backend() as BackendWasm;
  const move = wasm.move.bind(wasm);
  const disposeData = wasm.disposeData.bind(wasm);
  guardMemory(wasm, 1_000_000);
  try {
    const small = backend.tensor(new Float32Array(1000).fill(3), [10, 100]);
    expect(() => backend.tensor(new Float32Array(300_000), [300, 1000])).toThrow(
      /out of memory.*\[300, 1000\] needs 1 MiB/,
    );
    expect((await backend.read(small))[999]).toBe(3);
    backend.dispose(small);
    const fits = backend.tensor(new Float32Array(240_000), [240_000]);
    backend.dispose(fits);
  } finally {
    Object.assign(wasm, { move, disposeData });
  }
});

test('scopes and tidies leave no tensors behind, also when they throw', async () => {
  const before = tf.memory().numTensors;
  await backend.scope(async () => {
    const a = backend.tensor(Float32Array.of(1, 2, 3, 4), [2, 2]);
    backend.matMul(a, a, { transposeA: true });
    await backend.read(backend.dot(a, a));
  });
  await expect(
    backend.scope(async () => {
      backend.tensor(Float32Array.of(1), [1]);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  expect(tf.memory().numTensors).toBe(before);
});

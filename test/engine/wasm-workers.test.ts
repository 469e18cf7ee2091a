/** Worker threads of the wasm backend change how long an operation takes, and no bit of it. */
import esbuild from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend, Tensor } from '../../server/src/engine/backends/backend';
import { loadWasmBackend } from '../../server/src/engine/backends/wasm';
import { Random } from '../../server/src/engine/random';

// Beside the tests, so that the worker finds the packages.
const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.wasm-workers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let [alone, shared]: Backend[] = [];
beforeAll(async () => {
  const workerScript = join(folder, 'wasm-worker.js');
  await esbuild.build({
    entryPoints: [join(import.meta.dirname, '../../server/src/engine/backends/wasm-worker.ts')],
    outfile: workerScript,
    bundle: true,
    platform: 'node',
    packages: 'external',
  });
  alone = await loadWasmBackend({ threads: 1 });
  shared = await loadWasmBackend({ threads: 3, workerScript });
});

/** The bits of an operation on two tensors of normals of these shapes. */
function bitsOf(
  backend: Backend | undefined,
  shapes: readonly (readonly number[])[],
  work: (backend: Backend, left: Tensor, right: Tensor) => Tensor,
): Promise<Float32Array> {
  if (!backend) throw new Error('The backend did not start.');
  return backend.scope(() => {
    const [left, right] = shapes.map((shape, i) => {
      const random = Random.of('share', i);
      const size = shape.reduce((product, extent) => product * extent, 1);
      return backend.tensor(
        Float32Array.from({ length: size }, () => random.normal()),
        shape,
      );
    }) as [Tensor, Tensor];
    return backend.read(work(backend, left, right));
  });
}

const operations: [
  name: string,
  shapes: number[][],
  work: (backend: Backend, left: Tensor, right: Tensor) => Tensor,
][] = [
  [
    'a product',
    [
      [301, 211],
      [211, 149],
    ],
    (b, l, r) => b.matMul(l, r),
  ],
  [
    'of a transposed matrix',
    [
      [211, 301],
      [211, 149],
    ],
    (b, l, r) => b.matMul(l, r, { transposeA: true }),
  ],
  [
    'with a transposed matrix',
    [
      [301, 211],
      [149, 211],
    ],
    (b, l, r) => b.matMul(l, r, { transposeB: true }),
  ],
  [
    'of two rows',
    [
      [2, 3001],
      [3001, 1501],
    ],
    (b, l, r) => b.matMul(l, r),
  ],
  [
    'of a batch',
    [
      [2, 5, 101, 97],
      [2, 5, 97, 89],
    ],
    (b, l, r) => b.matMul(l, r),
  ],
  [
    'a convolution',
    [
      [7, 17, 19, 11],
      [3, 3, 11, 53],
    ],
    (b, l, r) => b.conv2d(l, r, 1),
  ],
  [
    'with a stride',
    [
      [17, 21, 19, 13],
      [3, 3, 13, 57],
    ],
    (b, l, r) => b.conv2d(l, r, 2),
  ],
  [
    'in its weights',
    [
      [29, 17, 17, 19],
      [29, 8, 8, 37],
    ],
    (b, l, r) => b.conv2dWeights(l, r, 2, [3, 3, 19, 37]),
  ],
  [
    'in its input',
    [
      [29, 8, 8, 37],
      [3, 3, 19, 37],
    ],
    (b, l, r) => b.conv2dInput(l, r, 2, [29, 17, 17, 19]),
  ],
];

describe.each(operations)('%s', (_name, shapes, work) => {
  test('has the same bits on three threads', async () => {
    expect(shared?.device).toContain('3 threads');
    expect(await bitsOf(shared, shapes, work)).toEqual(await bitsOf(alone, shapes, work));
  });
});

/** A worker that says it is ready and then answers every share like this. */
function workerThatAnswers(name: string, state: number): string {
  const script = join(folder, `${name}.js`);
  const lines = [
    `const { parentPort, workerData } = require('node:worker_threads');`,
    `parentPort.on('message', () => {`,
    `  Atomics.store(workerData.state, 0, ${state});`,
    `  Atomics.notify(workerData.state, 0);`,
    `});`,
    `parentPort.postMessage('ready');`,
  ];
  writeFileSync(script, lines.join('\n'));
  return script;
}

const [, shapes = [], product] = operations[0] ?? [];

test('what a worker cannot compute, the main thread does', async () => {
  const workerScript = workerThatAnswers('failing', 2);
  const backend = await loadWasmBackend({ threads: 3, workerScript });
  if (!product) throw new Error('There is no operation.');
  expect(await bitsOf(backend, shapes, product)).toEqual(await bitsOf(alone, shapes, product));
});

test('a worker that claims to be done is believed, so the results above do come from workers', async () => {
  const workerScript = workerThatAnswers('lazy', 1);
  const backend = await loadWasmBackend({ threads: 3, workerScript });
  if (!product) throw new Error('There is no operation.');
  expect(await bitsOf(backend, shapes, product)).not.toEqual(await bitsOf(alone, shapes, product));
});

test('where workers do not start, one thread does all', async () => {
  const workerScript = join(folder, 'broken.js');
  writeFileSync(workerScript, 'throw new Error("no")');
  const backend = await loadWasmBackend({ threads: 3, workerScript });
  expect(backend.device).toContain('1 thread)');
});

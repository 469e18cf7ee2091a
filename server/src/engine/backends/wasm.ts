import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import type { Backend, MatMulOptions, Tensor } from './backend';
import { guardMemory, WASM_BUDGET_BYTES } from './memory-guard';
import { TfjsBackend } from './tfjs-backend';
import { computeShared } from './wasm-sharing';
import { WasmWorkers } from './wasm-workers';

/** Kernels that give wrong results without an error. Without them a call throws, which is the better failure. */
const WRONG_KERNELS = ['_FusedMatMul', 'MaxPoolGrad', 'Cumsum', 'Conv3DBackpropInputV2'];

/** Threads beyond these add little, as all share the memory bus. */
const MOST_THREADS = 8;

/**
 * The wasm backend. Its matrix product is fast (XNNPACK) only for plain A B; with a transposed operand the kernel is
 * a scalar loop some twenty times slower, so operands are transposed beforehand. Large products and convolutions are
 * shared with worker threads by rows; each row comes out with the same bits wherever it is computed.
 */
class WasmBackend extends TfjsBackend {
  override readonly memoryBytes = WASM_BUDGET_BYTES;

  constructor(private readonly workers: WasmWorkers | undefined) {
    const threads = 1 + (workers?.count ?? 0);
    super(tf, 'wasm', `CPU (WebAssembly, ${threads} ${threads === 1 ? 'thread' : 'threads'})`);
  }

  override matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
    return this.tidy(() => {
      const left = options.transposeA ? this.turn(a) : a;
      const right = options.transposeB ? this.turn(b) : b;
      const [columns = 0] = right.shape.slice(-1);
      const isBatch = left.shape.length > 2;
      const matrices = (one: Tensor) =>
        isBatch ? this.reshape(one, [-1, ...one.shape.slice(-2)]) : one;
      const product = computeShared(this, this.workers, {
        ...{ operation: { type: 'matMul' }, left: matrices(left), right: matrices(right) },
        splitsRight: isBatch,
        multiplyAdds: left.size * columns,
        shape: [...matrices(left).shape.slice(0, -1), columns],
        compute: (l, r) => (isBatch ? this.eachMatMul(l, r) : super.matMul(l, r)),
      });
      return this.reshape(product, [...left.shape.slice(0, -1), columns]);
    });
  }

  override conv2d(x: Tensor, w: Tensor, stride: number, dilation = 1): Tensor {
    const [n = 0, height = 0, width = 0] = x.shape;
    const [kh = 1, kw = 1, , filters = 1] = w.shape;
    const extent = (pixels: number, kernel: number) =>
      Math.floor((pixels - (kernel - 1) * dilation - 1) / stride) + 1;
    const shape = [n, extent(height, kh), extent(width, kw), filters];
    const outputs = shape.reduce((product, count) => product * count, 1);
    return this.tidy(() =>
      computeShared(this, this.workers, {
        ...{ operation: { type: 'conv2d', stride, dilation }, left: x, right: w },
        splitsRight: false,
        multiplyAdds: (outputs * w.size) / filters,
        shape,
        compute: (image, filter) => super.conv2d(image, filter, stride, dilation),
      }),
    );
  }

  /** Batches go matrix by matrix, as the fast product knows none. */
  private eachMatMul(a: Tensor, b: Tensor): Tensor {
    const [left, right] = [this.matrices(a), this.matrices(b)];
    const products = left.map((matrix, i) => super.matMul(matrix, right[i] ?? matrix));
    return this.reshape(this.concat(products, 0), [left.length, a.shape[1] ?? 0, b.shape[2] ?? 0]);
  }

  /** [count, rows, columns] -> count matrices */
  private matrices(a: Tensor): Tensor[] {
    const [count = 0, rows = 0, columns = 0] = a.shape;
    const stacked = this.reshape(a, [count * rows, columns]);
    return Array.from({ length: count }, (_, i) =>
      this.slice(stacked, [i * rows, 0], [rows, columns]),
    );
  }

  /** The last two axes the other way round. */
  private turn(a: Tensor): Tensor {
    const rank = a.shape.length;
    const order = a.shape.map((_, axis) => axis).slice(0, -2);
    return this.transpose(a, [...order, rank - 1, rank - 2]);
  }

  /** In plain loops, as the kernel is missing; reading costs nothing here. */
  override scatterRows(values: Tensor, ids: Tensor, rows: number): Tensor {
    const numbers = (ids as tf.Tensor).dataSync();
    const added = (values as tf.Tensor).dataSync();
    const width = added.length / Math.max(numbers.length, 1);
    const sums = new Float32Array(rows * width);
    numbers.forEach((row, i) => {
      for (let k = 0; k < width; k++) sums[row * width + k]! += added[i * width + k]!;
    });
    return this.tensor(sums, [rows, width]);
  }
}

export interface WasmOptions {
  /** Threads to compute with; as many as there are processors, 8 at most, where left out. */
  threads?: number;
  /** The bundled worker; the one beside the bundled engine where left out. Without one there is a single thread. */
  workerScript?: string;
}

/** Starts the wasm backend. The module is started once a process and shared by later calls. */
export async function loadWasmBackend({
  threads = Math.min(availableParallelism(), MOST_THREADS),
  workerScript = join(__dirname, 'wasm-worker.js'),
}: WasmOptions = {}): Promise<Backend> {
  useBundledBinaries();
  if (!(await tf.setBackend('wasm'))) throw new Error('The wasm backend could not be started.');
  await tf.ready();
  if (!prepared) prepare();
  return new WasmBackend(await workersOf(workerScript, threads - 1));
}

/** Worker threads by their script and number: those of a process are started once. */
const started = new Map<string, Promise<WasmWorkers | undefined>>();

/** Undefined where there are none: a single thread is slower and does the same. */
function workersOf(script: string, count: number): Promise<WasmWorkers | undefined> {
  const key = `${count} of ${script}`;
  const known = started.get(key);
  if (known) return known;
  const starting =
    count > 0 && existsSync(script)
      ? WasmWorkers.start(script, count).catch(() => undefined)
      : Promise.resolve(undefined);
  started.set(key, starting);
  return starting;
}

let prepared = false;

function prepare(): void {
  for (const { kernelName } of tf.getKernelsForBackend('wasm'))
    if (WRONG_KERNELS.includes(kernelName)) tf.unregisterKernel(kernelName, 'wasm');
  guardMemory(tf.backend() as BackendWasm);
  prepared = true;
}

/** In the product the binaries lie beside the bundled engine; in tests the package finds its own. */
function useBundledBinaries(): void {
  if (!prepared && existsSync(join(__dirname, 'tfjs-backend-wasm-simd.wasm')))
    setWasmPaths(__dirname + sep);
}

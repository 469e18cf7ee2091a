import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Backend, MatMulOptions, Tensor } from './backend';
import { guardMemory } from './memory-guard';
import { TfjsBackend } from './tfjs-backend';

/** Kernels that give wrong results without an error. Without them a call throws, which is the better failure. */
const WRONG_KERNELS = ['_FusedMatMul', 'MaxPoolGrad', 'Cumsum', 'Conv3DBackpropInputV2'];

/**
 * The wasm backend. Its matrix product is fast (XNNPACK) only for plain A B; with a transposed operand the kernel is
 * a scalar loop some twenty times slower, so operands are transposed beforehand.
 */
class WasmBackend extends TfjsBackend {
  override matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
    return this.tidy(() => {
      const left = options.transposeA ? this.turn(a) : a;
      const right = options.transposeB ? this.turn(b) : b;
      return left.shape.length === 2 ? super.matMul(left, right) : this.eachMatMul(left, right);
    });
  }

  /** Batches go matrix by matrix, as the fast product knows none. */
  private eachMatMul(a: Tensor, b: Tensor): Tensor {
    const leading = a.shape.slice(0, -2);
    const count = leading.reduce((product, extent) => product * extent, 1);
    const [n = 0, m = 0] = [a.shape.at(-2), b.shape.at(-1)];
    const [left, right] = [this.matrices(a, count), this.matrices(b, count)];
    const products = left.map((matrix, i) => super.matMul(matrix, right[i] ?? matrix));
    return this.reshape(this.concat(products, 0), [...leading, n, m]);
  }

  private matrices(a: Tensor, count: number): Tensor[] {
    const [rows = 0, columns = 0] = a.shape.slice(-2);
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

/** Starts the wasm backend. Once a process; later calls hand out the same module. */
export async function loadWasmBackend(): Promise<Backend> {
  useBundledBinaries();
  if (!(await tf.setBackend('wasm'))) throw new Error('The wasm backend could not be started.');
  await tf.ready();
  if (!prepared) prepare();
  return new WasmBackend(tf, 'wasm', 'CPU (WebAssembly, 1 thread)');
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

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
      const left = options.transposeA ? this.transpose(a) : a;
      const right = options.transposeB ? this.transpose(b) : b;
      return super.matMul(left, right);
    });
  }

  private transpose(a: Tensor): Tensor {
    return this.tf.transpose(a as tf.Tensor2D);
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

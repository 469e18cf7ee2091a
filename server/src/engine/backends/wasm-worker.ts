/** A worker thread of the wasm backend: a module of its own that computes the shares it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Backend, Tensor } from './backend';
import { loadWasmBackend } from './wasm';
import { heapView } from './wasm-heap';
import { DONE, FAILED, viewOfShared, type Share, type WorkerSetup } from './worker-share';

async function serve({ state }: WorkerSetup): Promise<void> {
  const backend = await loadWasmBackend({ threads: 1 });
  parentPort?.on('message', (share: Share) => {
    Atomics.store(state, 0, compute(backend, share) ? DONE : FAILED);
    Atomics.notify(state, 0);
  });
  parentPort?.postMessage('ready');
}

/** @returns false where it could not be computed; the main thread then does it itself, and finds out why */
function compute(backend: Backend, { operation, left, right, result }: Share): boolean {
  try {
    backend.tidy(() => {
      const operands = [left, right].map((operand) =>
        backend.tensor(viewOfShared(operand).slice(), operand.shape),
      ) as [Tensor, Tensor];
      const product =
        operation.type === 'matMul'
          ? backend.matMul(...operands)
          : backend.conv2d(...operands, operation.stride, operation.dilation);
      viewOfShared(result).set(heapView(product));
    });
    return true;
  } catch {
    return false;
  }
}

void serve(workerData as WorkerSetup);

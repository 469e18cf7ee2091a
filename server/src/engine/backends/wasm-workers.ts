import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine-error';
import {
  DONE,
  viewOfShared,
  WORKING,
  type Share,
  type ShareableOperation,
  type SharedTensor,
  type WorkerSetup,
} from './worker-share';

/** A worker that is silent for so long has died: no single operation takes longer. */
const SILENCE_MS = 10 * 60_000;

/** Numbers and their shape, to be copied to a worker. */
export interface Operand {
  values: Float32Array;
  shape: readonly number[];
}

/**
 * Worker threads that compute shares of large operations. Operands and results go through memory that all threads see,
 * and the main thread waits in place: to the engine an operation stays one synchronous call.
 */
export class WasmWorkers {
  private constructor(private readonly threads: readonly WorkerThread[]) {}

  /**
   * Starts so many threads, each with a wasm module of its own.
   * @throws Error where one does not start, and TypeError where this thread must not wait
   */
  static async start(script: string, count: number): Promise<WasmWorkers> {
    // Not every runtime lets its main thread wait; this one would return at once.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    const threads = Array.from({ length: count }, () => new WorkerThread(script));
    await Promise.all(threads.map((thread) => thread.ready()));
    return new WasmWorkers(threads);
  }

  get count(): number {
    return this.threads.length;
  }

  /** Lets a worker begin; what is returned waits for its result, which is undefined where it failed. */
  begin(
    index: number,
    operation: ShareableOperation,
    operands: readonly [Operand, Operand],
    resultShape: readonly number[],
  ): () => Float32Array | undefined {
    const thread = this.threads[index];
    if (!thread) throw new RangeError(`There is no worker ${index}.`);
    return thread.begin(operation, operands, resultShape);
  }
}

class WorkerThread {
  private readonly state = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private buffer = new SharedArrayBuffer(0);

  constructor(script: string) {
    const setup: WorkerSetup = { state: this.state };
    this.worker = new Worker(script, { workerData: setup });
  }

  /** Waits until it can be used. From then on it does not keep the process alive. */
  async ready(): Promise<void> {
    await once(this.worker, 'message');
    this.worker.unref();
  }

  begin(
    operation: ShareableOperation,
    operands: readonly [Operand, Operand],
    resultShape: readonly number[],
  ): () => Float32Array | undefined {
    const [left, right, result] = this.place([...operands.map(({ shape }) => shape), resultShape]);
    if (!left || !right || !result) throw new RangeError('A share has two operands and a result.');
    viewOfShared(left).set(operands[0].values);
    viewOfShared(right).set(operands[1].values);
    Atomics.store(this.state, 0, WORKING);
    this.worker.postMessage({ operation, left, right, result } satisfies Share);
    return () => {
      if (Atomics.wait(this.state, 0, WORKING, SILENCE_MS) === 'timed-out') throw silent();
      return Atomics.load(this.state, 0) === DONE ? viewOfShared(result) : undefined;
    };
  }

  /** Room for tensors of these shapes, one behind the other. */
  private place(shapes: readonly (readonly number[])[]): SharedTensor[] {
    const sizes = shapes.map((shape) => shape.reduce((product, extent) => product * extent, 1));
    const bytes = Float32Array.BYTES_PER_ELEMENT * sizes.reduce((sum, size) => sum + size, 0);
    if (this.buffer.byteLength < bytes) this.buffer = new SharedArrayBuffer(bytes);
    let offset = 0;
    return shapes.map((shape, i) => {
      const tensor = { buffer: this.buffer, offset, shape };
      offset += sizes[i] ?? 0;
      return tensor;
    });
  }
}

function silent(): EngineError {
  return new EngineError(
    'fip/backend-died',
    'A worker thread of the wasm backend does not answer. Resume the run; if it happens again, use fewer samples.',
    '/backend',
  );
}

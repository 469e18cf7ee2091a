import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { WASM_BUDGET_BYTES } from '../../protocol/backend-memory';
import { EngineError } from '../engine-error';

export { WASM_BUDGET_BYTES };

/**
 * Makes allocations fail loudly. The wasm heap itself does not: when it is full, `malloc` returns 0 and the tensor
 * lands on address 0, over others.
 */
export function guardMemory(backend: BackendWasm, budget = WASM_BUDGET_BYTES): void {
  const move = backend.move.bind(backend);
  const disposeData = backend.disposeData.bind(backend);
  const bytesById = new Map<object, number>();
  let used = 0;

  backend.move = (dataId, values, shape, dtype, refCount) => {
    const bytes = shape.reduce((product, extent) => product * extent, 4);
    if (used + bytes > budget) throw outOfMemory(shape, bytes, used, budget);
    move(dataId, values, shape, dtype, refCount);
    if (bytes > 0 && backend.getMemoryOffset(dataId) === 0)
      throw outOfMemory(shape, bytes, used, budget);
    bytesById.set(dataId, bytes);
    used += bytes;
  };
  backend.disposeData = (dataId, force) => {
    const freed = disposeData(dataId, force);
    if (freed) used -= bytesById.get(dataId) ?? 0;
    if (freed) bytesById.delete(dataId);
    return freed;
  };
}

function outOfMemory(shape: readonly number[], bytes: number, used: number, budget: number) {
  const mib = (count: number) => `${(count / 2 ** 20).toFixed(0)} MiB`;
  return new EngineError(
    'fip/out-of-memory',
    `The wasm backend is out of memory: a tensor of shape [${shape.join(', ')}] needs ${mib(bytes)}, and ` +
      `${mib(used)} of ${mib(budget)} are in use. Use fewer samples in the step or a smaller network.`,
    '',
  );
}

import { EngineError } from '../engine-error';
import type { GpuDevice } from './gpu-device';

/**
 * Remembers the first thing that went wrong on a graphics device. Operations there do not throw: a faulty one is
 * reported by an event a moment later, and all that is computed from it is garbage.
 */
export class GpuFailure {
  #error: EngineError | undefined;

  constructor(device: GpuDevice, name: string) {
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#error ??= failureOf(error, name);
    });
    void device.lost.then(({ message }) => {
      this.#error ??= lost(message, name);
    });
  }

  /** @throws EngineError `fip/gpu-error`, `fip/gpu-lost` or `fip/out-of-memory` once something has gone wrong */
  check(): void {
    if (this.#error) throw this.#error;
  }
}

function failureOf(error: { message: string }, name: string): EngineError {
  const detail = firstLine(error.message);
  if (/out.?of.?memory|max buffer size|allocat/i.test(`${error.constructor.name} ${detail}`))
    return new EngineError(
      'fip/out-of-memory',
      `The graphics device ${name} is out of memory (${detail}). Use fewer samples in the step, a smaller network, or another backend.`,
      '',
    );
  return new EngineError(
    'fip/gpu-error',
    `The graphics device ${name} reported an error, so that its results cannot be trusted: ${detail}. Resume the run; if it happens again, start it anew on another backend.`,
    '',
  );
}

function lost(message: string, name: string): EngineError {
  return new EngineError(
    'fip/gpu-lost',
    `The graphics device ${name} was lost (${firstLine(message) || 'no reason given'}): its driver was restarted, or it was unplugged. Resume the run once it is back.`,
    '',
  );
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replace(/\.+$/, '');
}

import type { EngineHost } from './host';

/**
 * Thrown where the user asks to stop in the middle of a measurement: half of one is worth nothing, so that the run goes on
 * from its last saved state.
 */
export class StopRequest extends Error {}

/** @throws StopRequest where the user has asked to stop */
export function checkStop(host: EngineHost): void {
  if (host.shouldStop()) throw new StopRequest('The user asked to stop.');
}

/**
 * The driver and its contestants speak in lines of JSON. A contestant says `Ready` once it can start and then answers
 * each request with one line.
 */
export interface Ready {
  ready: string;
  device: string;
  threads?: number;
}

export interface Request {
  network: string;
  operation: string;
  samples: number;
  iterations: number;
}

/**
 * A contestant does an operation so often to get going, and then so often for a median; once each is enough where it has
 * been at it for longer than that. The PyTorch half does the same.
 */
export const WARM_UPS = 2;
export const TIMED = 3;
export const MOST_SECONDS = 4;

/** Seconds that each formulation of the operation took; or why it cannot be done. */
export type Answer = { seconds: Record<string, number> } | { error: string };

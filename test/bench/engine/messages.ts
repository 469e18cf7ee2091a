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

/** Seconds that each formulation of the operation took, once each; or why it cannot be done. */
export type Answer = { seconds: Record<string, number> } | { error: string };

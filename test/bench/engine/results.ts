import type { Answer, Request } from './messages';

/** What one contestant needed for one operation in each round, by formulation. */
export interface Timing {
  network: string;
  operation: string;
  contestant: string;
  formulation: string;
  /** One number a round. */
  seconds: number[];
}

export interface Failure {
  network: string;
  operation: string;
  contestant: string;
  error: string;
}

export interface Results {
  date: string;
  machine: string;
  contestants: { name: string; ready: string; device: string; threads?: number }[];
  timings: Timing[];
  failures: Failure[];
}

/** Gathers answers. */
export class Scoreboard {
  readonly timings: Timing[] = [];
  readonly failures: Failure[] = [];

  note(contestant: string, request: Request, answer: Answer): void {
    const place = { network: request.network, operation: request.operation, contestant };
    if ('error' in answer) {
      this.failures.push({ ...place, error: answer.error });
      return;
    }
    for (const [formulation, seconds] of Object.entries(answer.seconds))
      this.timingOf({ ...place, formulation }).seconds.push(seconds);
  }

  /** What failed once is not tried again. */
  hasFailed(contestant: string, { network, operation }: Request): boolean {
    return this.failures.some(
      (failure) =>
        failure.contestant === contestant &&
        failure.network === network &&
        failure.operation === operation,
    );
  }

  private timingOf(place: Omit<Timing, 'seconds'>): Timing {
    const key = (of: Omit<Timing, 'seconds'>) =>
      [of.network, of.operation, of.contestant, of.formulation].join();
    const known = this.timings.find((timing) => key(timing) === key(place));
    if (known) return known;
    const timing = { ...place, seconds: [] };
    this.timings.push(timing);
    return timing;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * The median over rounds of one timing divided by the other of the same round: what is slow for a while is slow for
 * both.
 */
export function ratio(of: Timing, to: Timing): number {
  return median(of.seconds.map((seconds, round) => seconds / (to.seconds[round] ?? Number.NaN)));
}

/** PyTorch's generic formulation with the smallest median. */
export function bestGeneric(timings: readonly Timing[]): Timing | undefined {
  const generic = timings.filter(
    ({ contestant, formulation }) => contestant === 'torch' && formulation !== 'sample_space',
  );
  return generic.sort((a, b) => median(a.seconds) - median(b.seconds))[0];
}

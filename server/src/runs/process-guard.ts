const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Turns what would end this process at once into a request to stop, or into an error that can be reported. */
export class ProcessGuard {
  readonly #onStop: () => void;
  #onFault: (error: unknown) => void = () => undefined;
  /** Rejects with the first error that nobody caught. */
  readonly crashed: Promise<never>;

  constructor(onStop: () => void) {
    this.#onStop = onStop;
    this.crashed = new Promise<never>((_, reject) => (this.#onFault = reject));
    SIGNALS.forEach((signal) => process.on(signal, this.#onStop));
    FAULTS.forEach((fault) => process.on(fault, this.#onFault));
  }

  /** Leaves the process as it was. */
  release(): void {
    SIGNALS.forEach((signal) => process.off(signal, this.#onStop));
    FAULTS.forEach((fault) => process.off(fault, this.#onFault));
  }
}

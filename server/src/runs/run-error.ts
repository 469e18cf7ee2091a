/** A run cannot be started, found or changed: a stable code, and a sentence that says what happened and what to do. */
export class RunError extends Error {
  /**
   * @param code stable code such as `fip/run-unknown`
   * @param message what happened and what to do, in a sentence or two
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'RunError';
  }
}

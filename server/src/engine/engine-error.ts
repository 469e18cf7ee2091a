/** A failure that the user can do something about: a stable code, a sentence, and the part of the spec that it is about. */
export class EngineError extends Error {
  /**
   * @param code stable code such as `fip/data-truncated`
   * @param message what happened and what to do, in a sentence or two
   * @param pointer JSON pointer into the spec, such as `/data/digits/images`
   */
  constructor(
    readonly code: string,
    message: string,
    readonly pointer: string,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

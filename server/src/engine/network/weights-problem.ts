/** Codes of what can be wrong with published weights and what lies beside them. */
export type WeightsCode =
  'fip/weights' | 'fip/weights-malformed' | 'fip/weights-pickle' | 'fip/pretrained';

/** Something wrong with files of weights. A run turns it into an EngineError, the editor into a diagnostic. */
export class WeightsProblem extends Error {
  /**
   * @param code what kind of problem it is
   * @param message what is wrong and what to do, in a sentence or two
   */
  constructor(
    readonly code: WeightsCode,
    message: string,
  ) {
    super(message);
    this.name = 'WeightsProblem';
  }
}

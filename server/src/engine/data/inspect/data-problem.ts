/** Codes of what can be wrong with the files of a data set. Once published, a code keeps its meaning. */
export const dataCodes = [
  'fip/file-missing',
  'fip/data-unreadable',
  'fip/data-empty',
  'fip/data-truncated',
  'fip/data-malformed',
  'fip/data-mislabelled',
  'fip/data-mismatch',
  'fip/data-column',
  'fip/data-cell',
  'fip/data-limit',
  'fip/tokenizer',
  'fip/text-cut',
] as const;

export type DataCode = (typeof dataCodes)[number];

/** Something wrong with a data set. Readers turn it into an EngineError, the editor into a diagnostic. */
export class DataProblem extends Error {
  /**
   * @param code what kind of problem it is
   * @param message what is wrong and what to do, in a sentence or two
   * @param pointer the key that it is about, relative to the data set's entry, such as `/images`
   */
  constructor(
    readonly code: DataCode,
    message: string,
    readonly pointer: string,
  ) {
    super(message);
    this.name = 'DataProblem';
  }
}

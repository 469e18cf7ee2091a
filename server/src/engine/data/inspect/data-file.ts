/** A file that a data set names. */
export interface DataFile {
  /** As it stands in the spec. */
  path: string;
  /** Where it lies. */
  location: string;
  /** The key that names it, relative to the data set's entry. */
  pointer: string;
}

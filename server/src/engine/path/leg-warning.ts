/** Something that the user should know when a leg begins; the run goes on. */
export interface LegWarning {
  code: string;
  message: string;
  /** The key that it is about. */
  pointer: string;
}

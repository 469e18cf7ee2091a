/** A backend could not be installed: what failed and what to do, in a sentence or two. */
export class InstallError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InstallError';
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new, empty folder outside the tree. */
export const temporaryFolder = (name: string): string =>
  mkdtempSync(join(tmpdir(), `fip-${name}-`));

/** Removes a folder; one that an editor is still writing into is tried again. */
export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
};

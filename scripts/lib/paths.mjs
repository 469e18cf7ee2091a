import { homedir } from 'node:os';
import { join } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '../..');

/** What is dear to make and lives outside the tree, such as the editor of the end-to-end tests. */
export const cacheFolder = process.env.FIP_CACHE ?? join(homedir(), '.cache/fip-lab');

/** Whether a script is run, as opposed to imported by another. */
export const isMain = (meta) => process.argv[1] === meta.filename;

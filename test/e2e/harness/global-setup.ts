/** Packs the extension and installs it, once for all end-to-end tests. FIP_VSIX names one that is packed already. */
import type { TestProject } from 'vitest/node';
import { packageExtension } from '../../../scripts/package.mjs';
import { installExtension } from './code-server';
import { removeFolder, temporaryFolder } from './temporary-folder';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the installed extensions. */
    extensions: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const extensions = temporaryFolder('extensions');
  installExtension(process.env.FIP_VSIX ?? (await packageExtension()), extensions);
  project.provide('extensions', extensions);
  return () => {
    removeFolder(extensions);
  };
}

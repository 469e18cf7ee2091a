// What the end-to-end tests need beside the packages: a browser, and a VS Code that it can open.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';

export const codeServerVersion = '4.100.3';
export const codeServerFolder = join(cacheFolder, 'code-server');
export const codeServer = join(codeServerFolder, 'node_modules/.bin/code-server');
/** Written by the setup once the editor has answered. */
export const codeServerStamp = join(codeServerFolder, `.ready-${codeServerVersion}`);

const browsers = [
  process.env.FIP_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of a Chromium, or undefined. */
export const findBrowser = () => browsers.find((path) => path && existsSync(path));

/** What is missing for end-to-end tests, in words; undefined where all is there. */
export function missingForE2e() {
  const missing = [
    !findBrowser() && 'Chromium (install it, or set FIP_CHROMIUM to its path)',
    !existsSync(codeServerStamp) && `code-server ${codeServerVersion} in ${codeServerFolder}`,
  ].filter(Boolean);
  return missing.length > 0 ? missing.join(' and ') : undefined;
}

/** URIs of specs and the files behind them. */
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a `file:` URI; undefined for others, such as a text that was never saved. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** The `file:` URI of a path. */
export const uriOfPath = (path: string): string => pathToFileURL(path).href;

/** Whether a path is that of a spec, by its name. */
export function isSpecPath(path: string): boolean {
  return /\.fip\.ya?ml$/.test(path);
}

/** The same as a pattern, for editors that watch files. */
export const specPattern = '**/*.fip.{yaml,yml}';

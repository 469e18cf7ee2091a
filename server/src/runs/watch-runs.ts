import { existsSync, watch, type FSWatcher } from 'node:fs';
import { runsFolder } from './run-folder';

/** A run's folder is made in several steps, which take milliseconds. */
const SETTLE_MS = 300;

/**
 * Tells when runs come or go in a directory, such as those that the command line starts. Where the system does not let
 * folders be watched, nothing is told.
 * @returns a function that ends the watching
 */
export function watchRuns(directory: string, onChange: () => void): () => void {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const begin = (): void => {
    const folder = runsFolder(directory);
    const exists = existsSync(folder);
    // Before the first run there is nothing to watch but the place where its folder is going to be.
    watcher = tryWatch(exists ? folder : directory, (name) => {
      if (exists || name === '.fip') settle(!exists);
    });
  };
  const settle = (moved: boolean): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (closed) return;
      if (moved) {
        watcher?.close();
        begin();
      }
      onChange();
    }, SETTLE_MS);
    timer.unref();
  };

  begin();
  return () => {
    closed = true;
    clearTimeout(timer);
    watcher?.close();
  };
}

function tryWatch(folder: string, onName: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => onName(name));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

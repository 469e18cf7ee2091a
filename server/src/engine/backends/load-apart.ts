import { createRequire } from 'node:module';

/**
 * Loads a TensorFlow.js package with an engine of its own. All copies of tfjs-core in a process share one engine, one
 * table of kernels and one set of flags, which they keep in the global object: two backends would compute with whichever
 * was started last. They look for `window` first, so for as long as they load there is one, and it is theirs alone.
 */
export function loadApart<Package>(load: () => Package): Package {
  const globals = globalThis as { window?: unknown };
  const had = Object.getOwnPropertyDescriptor(globals, 'window');
  const restoreCache = forgetLoadedPackages();
  globals.window = {};
  try {
    return load();
  } finally {
    if (had) Object.defineProperty(globals, 'window', had);
    else delete globals.window;
    restoreCache();
  }
}

/** A package that was loaded before would come back with the engine that it found then. */
function forgetLoadedPackages(): () => void {
  const { cache } = createRequire(__filename);
  const loaded = Object.keys(cache).filter(isTfjs);
  const modules = loaded.map((path) => [path, cache[path]] as const);
  loaded.forEach((path) => Reflect.deleteProperty(cache, path));
  return () => {
    Object.keys(cache)
      .filter(isTfjs)
      .forEach((path) => Reflect.deleteProperty(cache, path));
    modules.forEach(([path, module]) => (cache[path] = module));
  };
}

function isTfjs(path: string): boolean {
  return /[\\/]@tensorflow[\\/].*\.c?js$/.test(path);
}

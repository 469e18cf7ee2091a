import type { NativeBackend } from '../engine/backends/backend-folders';

/** What the user asked for beside the backend's name. */
export interface InstallOptions {
  /** The library with CUDA. */
  cuda: boolean;
  /** Where TensorFlow's library comes from: npm's own download, PyPI's wheel, or the one and then the other. */
  from: 'auto' | 'npm' | 'wheel';
}

/** Tells the user what is being done, a line at a time. */
export type Tell = (line: string) => void;

/** What an installation works with. */
export interface InstallTools {
  tell: Tell;
  /** Ends it: every program that it started is killed, and it throws. */
  signal?: AbortSignal | undefined;
}

/** What an installed folder holds. */
export interface Installed {
  origin: string;
  versions: Readonly<Record<string, string>>;
  /** Paths of the native files inside of the folder. */
  nativeFiles: readonly string[];
}

/** How one backend is installed. */
export interface BackendRecipe {
  name: NativeBackend;
  title(options: InstallOptions): string;
  /** The kinds that there are for this platform, plain first. */
  kinds(): InstallOptions[];
  /** What is fetched, from where and how large it is, before anything happens. */
  plan(options: InstallOptions): string[];
  /** The kind that these options ask for, to tell whether another one is installed. */
  variant(options: InstallOptions): string;
  /** Why it cannot be installed on this machine, in a sentence; undefined where nothing speaks against it. */
  obstacle(options: InstallOptions): Promise<string | undefined>;
  /**
   * Fetches and builds everything into an empty folder, which may be moved afterwards.
   * @throws InstallError
   */
  install(folder: string, options: InstallOptions, tools: InstallTools): Promise<Installed>;
}

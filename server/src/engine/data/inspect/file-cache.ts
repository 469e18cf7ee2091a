import { stat } from 'node:fs/promises';

interface Entry {
  /** Time of the last change and size: what tells an unchanged file. */
  version: string;
  value: Promise<unknown>;
}

/** Keeps what was learnt of files until they change, so that typing does not read them over and over. */
export class FileCache {
  private readonly entries = new Map<string, Entry>();

  /** @param capacity files to remember; the one that was asked for longest ago is forgotten first */
  constructor(private readonly capacity = 200) {}

  /**
   * What `learn` gives for this file, from memory where the file has not changed. A failure is remembered too.
   * @param topic what is learnt; each topic has its own memory
   * @throws what `stat` throws where there is no such file, and what `learn` throws
   */
  async get<T>(topic: string, location: string, learn: () => Promise<T>): Promise<T> {
    const { mtimeMs, size } = await stat(location);
    const key = JSON.stringify([topic, location]);
    const version = `${mtimeMs} ${size}`;
    const known = this.entries.get(key);
    const value = known?.version === version ? (known.value as Promise<T>) : learn();
    this.entries.delete(key);
    this.entries.set(key, { version, value });
    const oldest = this.entries.keys().next();
    if (this.entries.size > this.capacity && !oldest.done) this.entries.delete(oldest.value);
    return value;
  }
}

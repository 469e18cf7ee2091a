/** Where facts about a workspace are kept; a part of VS Code's Memento. */
export interface Store {
  get<Value>(key: string, fallback: Value): Value;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'openPanels';

/**
 * Remembers which experiments have a panel. A panel's own state is lost where the window goes before the editor has saved
 * it, as when it crashes or a browser's tab is reloaded; the panel comes back all the same, and then this knows its spec.
 */
export class OpenPanels {
  /** Title of the panel by the spec's URI. */
  readonly #titles: Map<string, string>;

  constructor(private readonly store: Store) {
    this.#titles = new Map(Object.entries(store.get<Record<string, string>>(KEY, {})));
  }

  opened(uri: string, title: string): void {
    this.#titles.set(uri, title);
    this.#save();
  }

  closed(uri: string): void {
    this.#titles.delete(uri);
    this.#save();
  }

  /** The experiment whose panel had this title, but for those that `isOpen`. */
  find(title: string, isOpen: (uri: string) => boolean): string | undefined {
    return [...this.#titles].find(([uri, had]) => had === title && !isOpen(uri))?.[0];
  }

  #save(): void {
    void this.store.update(KEY, Object.fromEntries(this.#titles));
  }
}

/** Where the keys and values of a spec stand in its text. */

/** Start and end in the text, in UTF-16 units; the end is exclusive. */
export type Span = readonly [start: number, end: number];

/** Where a key and its value stand. Items of a list have no key. */
export interface Entry {
  key?: Span;
  value: Span;
  /** Reached through an alias: its spans are the alias', and no cursor leads here. */
  aliased: boolean;
  /** Whether the value is a mapping or a list. */
  collection: boolean;
  /** Whether the value could not be read, which has a finding of its own. */
  unreadable?: boolean;
}

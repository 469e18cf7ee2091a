/** JSON pointers (RFC 6901): the names of places in a spec, such as `/path/0/solver`. The root is ''. */

/** The keys and indices of a pointer. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === '') return [];
  const segments = pointer.slice(1).split('/');
  // Asked for at every place of a spec; hardly any has a letter that is escaped.
  if (!pointer.includes('~')) return segments;
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer to a child. */
export function childPointer(pointer: string, ...segments: (string | number)[]): string {
  const escape = (segment: string | number) =>
    String(segment).replaceAll('~', '~0').replaceAll('/', '~1');
  return [pointer, ...segments.map(escape)].join('/');
}

/** The pointer to the parent; the root is its own parent. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** The last key or index of a pointer; '' for the root. */
export function lastSegment(pointer: string): string {
  return pointerSegments(pointer).at(-1) ?? '';
}

/** The value at a pointer, or undefined where there is none. Own properties only. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of pointerSegments(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

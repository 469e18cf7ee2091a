/** Which data set the cursor is on. */
import type { CheckedSpec } from '../spec/check-spec';
import { lastSegment, parentPointer, valueAt } from '../spec/json-pointer';
import { schemaAt } from '../spec/schema-node';

/** The name of the data set at an offset, be it the key of its entry or a use; undefined anywhere else. */
export function dataAt({ document, resolved }: CheckedSpec, offset: number): string | undefined {
  const place = document.pointerAt(offset);
  if (!place) return undefined;
  if (place.isKey)
    return parentPointer(place.pointer) === '/data' ? lastSegment(place.pointer) : undefined;
  const value = valueAt(resolved, place.pointer);
  const isReference = schemaAt(place.pointer, resolved)?.node['x-ref'] === 'data';
  return isReference && typeof value === 'string' ? value : undefined;
}

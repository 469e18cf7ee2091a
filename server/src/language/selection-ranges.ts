/** What a selection grows to: a word, its quotes, its key, the mapping around it, and so on to the whole spec. */
import type { SelectionRange } from 'vscode-languageserver';
import { parentPointer } from '../spec/json-pointer';
import type { Span, SpecDocument } from '../spec/spec-document';

/** The selection at an offset, with those that hold it. */
export function selectionRange(document: SpecDocument, offset: number): SelectionRange {
  const spans: Span[] = [[0, document.text.length]];
  for (const span of spansAround(document, offset).reverse()) {
    const [start, end] = spans.at(-1) ?? span;
    const grows = start <= span[0] && span[1] <= end && (start < span[0] || span[1] < end);
    if (grows && span[0] <= offset && offset <= span[1]) spans.push(span);
  }
  return spans.reduce<SelectionRange | undefined>(
    (parent, span) => ({ range: document.range(span), ...(parent && { parent }) }),
    undefined,
  ) as SelectionRange;
}

/** From the narrowest to the widest; not all of them hold the offset. */
function spansAround(document: SpecDocument, offset: number): Span[] {
  const place = document.pointerAt(offset);
  if (!place) return [];
  const part = place.isKey ? 'key' : 'value';
  const spans: Span[] = [
    document.innerSpan(place.pointer, part),
    document.spanOf(place.pointer, part),
  ];
  for (let { pointer } = place; pointer !== ''; pointer = parentPointer(pointer)) {
    const [start, end] = document.tightSpan(pointer);
    spans.push([document.spanOf(pointer)[0], end], [start, end]);
    if (/^[[{]/.test(document.text.slice(document.spanOf(parentPointer(pointer))[0])))
      spans.push(insideBrackets(document.spanOf(parentPointer(pointer))));
  }
  return spans;
}

const insideBrackets = ([start, end]: Span): Span => [start + 1, end - 1];

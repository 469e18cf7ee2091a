/** What each word of a spec is, so that editors can colour it by its meaning. */
import { SemanticTokensBuilder } from 'vscode-languageserver';
import type { Range, SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import { lastSegment, parentPointer, valueAt } from '../spec/json-pointer';
import { placesIn, variantsOf } from '../spec/schema-node';
import type { Span, SpecDocument } from '../spec/spec-document';
import { nameUses } from './names';

/** Data sets are variables, legs are functions, the value that chooses a variant is a type. */
const types = [
  'property',
  'variable',
  'function',
  'type',
  'enumMember',
  'number',
  'string',
  'keyword',
] as const;
type TokenType = (typeof types)[number];

export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: [...types],
  tokenModifiers: ['declaration'],
};

interface Token {
  span: Span;
  type: TokenType;
  isDeclaration?: boolean;
}

/** The tokens of a spec, or of a range of it. Unknown keys and names have none, so they stand out. */
export function semanticTokens(document: SpecDocument, range?: Range): SemanticTokens {
  const [from, to] = range
    ? [document.offsetAt(range.start), document.offsetAt(range.end)]
    : [0, document.text.length];
  const builder = new SemanticTokensBuilder();
  let last = 0;
  for (const token of tokensOf(document)) {
    const [start, end] = token.span;
    const position = document.positionAt(start);
    const isOneLine = document.positionAt(end).line === position.line;
    if (!isOneLine || start < last || end <= start || end < from || start > to) continue;
    last = end;
    builder.push(
      position.line,
      position.character,
      end - start,
      types.indexOf(token.type),
      token.isDeclaration ? 1 : 0,
    );
  }
  return { data: builder.build().data };
}

interface PlacedToken extends Token {
  pointer: string;
  part: 'key' | 'value';
}

/** In the order of the text. */
function tokensOf(document: SpecDocument): Token[] {
  const names = nameTokens(document);
  const id = ({ pointer, part }: PlacedToken) => `${part} ${pointer}`;
  const named = new Set(names.map(id));
  const places = placesIn(document.value);
  const rest = document
    .pointers()
    .filter((pointer) => pointer !== '' && !document.isAliased(pointer))
    .flatMap((pointer) => [
      ...keyToken(document, places, pointer),
      ...valueToken(document, places, pointer),
    ])
    .filter((token) => !named.has(id(token)));
  return [...names, ...rest].sort((a, b) => a.span[0] - b.span[0]);
}

function nameTokens(document: SpecDocument): PlacedToken[] {
  return nameUses(document)
    .filter(({ isDefined }) => isDefined)
    .map(({ kind, pointer, part, span, isDefinition }) => ({
      pointer,
      part,
      span,
      type: kind === 'data' ? 'variable' : 'function',
      isDeclaration: isDefinition,
    }));
}

type Places = ReturnType<typeof placesIn>;

function keyToken(document: SpecDocument, places: Places, pointer: string): PlacedToken[] {
  const isItem = Array.isArray(valueAt(document.value, parentPointer(pointer)));
  if (isItem || !places.has(pointer)) return [];
  return [{ pointer, part: 'key', span: document.spanOf(pointer, 'key'), type: 'property' }];
}

function valueToken(document: SpecDocument, places: Places, pointer: string): PlacedToken[] {
  if (document.isCollection(pointer)) return [];
  const type = typeOf(places, pointer, valueAt(document.value, pointer));
  return type ? [{ pointer, part: 'value', span: document.spanOf(pointer), type }] : [];
}

function typeOf(places: Places, pointer: string, value: unknown): TokenType | undefined {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'keyword';
  if (typeof value !== 'string') return undefined;
  const place = places.get(pointer);
  const parent = places.get(parentPointer(pointer))?.declared;
  if (parent && variantsOf(parent)?.key === lastSegment(pointer)) return 'type';
  if (place?.node.enum?.includes(value)) return 'enumMember';
  const isName = place?.node['x-ref'] === 'data' || place?.node['x-ref'] === 'leg';
  return place && !isName ? 'string' : undefined;
}

/** The outline of a spec. */
import { SymbolKind } from 'vscode-languageserver';
import type { DocumentSymbol } from 'vscode-languageserver';
import type { CheckedSpec } from '../spec/check-spec';

/** Data sets, model, start, legs, measurements and expectations, as far as they are written. */
export function documentSymbols(checked: CheckedSpec): DocumentSymbol[] {
  const { facts, document } = checked;
  const section = (key: string, kind: SymbolKind, children: (DocumentSymbol | undefined)[] = []) =>
    symbol(checked, `/${key}`, key, kind, children);
  if (document.value === undefined) return [];
  const sections = [
    section(
      'data',
      SymbolKind.Namespace,
      facts.sources.map(({ name, pointer, value }) =>
        symbol(checked, pointer, name, SymbolKind.Struct, [], value['format']),
      ),
    ),
    section('model', SymbolKind.Class),
    section('start', SymbolKind.Event),
    section(
      'path',
      SymbolKind.Array,
      facts.legs.map(({ name, pointer, objective }, i) =>
        symbol(
          checked,
          pointer,
          name ?? `leg ${i + 1}`,
          SymbolKind.Function,
          [],
          objective['type'],
        ),
      ),
    ),
    section('measure', SymbolKind.Property),
    section(
      'expect',
      SymbolKind.Array,
      facts.expectations.map(({ pointer, value }, i) =>
        symbol(
          checked,
          pointer,
          text(value['metric']) ?? `expectation ${i + 1}`,
          SymbolKind.Boolean,
          [],
          value['on'],
        ),
      ),
    ),
  ];
  return sections.filter((found) => found !== undefined);
}

function symbol(
  { document }: CheckedSpec,
  pointer: string,
  name: string,
  kind: SymbolKind,
  children: (DocumentSymbol | undefined)[] = [],
  detail?: unknown,
): DocumentSymbol | undefined {
  if (!document.has(pointer)) return undefined;
  const shown = text(detail);
  return {
    name,
    kind,
    range: document.rangeOf(pointer, 'entry'),
    selectionRange: document.rangeOf(pointer, 'key'),
    children: children.filter((child) => child !== undefined),
    ...(shown !== undefined && { detail: shown }),
  };
}

/** Names of symbols must not be empty. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

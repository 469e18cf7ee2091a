import { describe, expect, test } from 'vitest';
import { codeActions } from '../../server/src/language/code-actions';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { keyDocs } from '../../server/src/language/schema-docs';
import { deprecatedKeys } from '../../server/src/spec/deprecated-keys';
import { parseSpec } from '../../server/src/spec/parse';
import { rootNode } from '../../server/src/spec/schema-node';
import type { SchemaNode } from '../../server/src/spec/schema-node';
import { editedWith, uri } from '../language/kit';

/** A language in which `rate` was once `speed`, `noise` had a meaning, and `sgd` was `plain`. */
const schema: SchemaNode = {
  type: 'object',
  properties: {
    rate: { type: 'number' },
    speed: { type: 'number', deprecated: true, 'x-replaced-by': 'rate' },
    noise: { type: 'number', deprecated: true },
    optimizer: {
      discriminator: { propertyName: 'type' },
      oneOf: [
        { properties: { type: { const: 'sgd' } } },
        {
          properties: { type: { const: 'plain' } },
          deprecated: true,
          'x-replaced-by': 'sgd',
        },
      ],
    },
  },
};

function found(text: string) {
  const document = parseSpec(text, uri);
  const diagnostics = deprecatedKeys(document, schema);
  const whole = document.range([0, text.length]);
  const actions = codeActions(document, diagnostics, whole, (one) =>
    lspDiagnostic(one, uri, 'fip'),
  );
  const after = Object.fromEntries(
    actions.map(({ title, edit }) => [title, editedWith(document, edit?.changes?.[uri])]),
  );
  return { diagnostics, after };
}

describe('deprecated keys', () => {
  test('a key with a new name is changed', () => {
    const { diagnostics, after } = found('speed: 3 # fast\nnoise: 1\n');
    expect(diagnostics).toHaveLength(2);
    expect(diagnostics[0]).toMatchObject({
      ...{ code: 'fip/deprecated-key', severity: 'warning' },
      message: '`speed` is deprecated. Write `rate`.',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
    });
    expect(after['Change to `rate`']).toBe('rate: 3 # fast\nnoise: 1\n');
    expect(after['Remove `noise`']).toBe('speed: 3 # fast\n');
    // LSP's tag for what is struck through.
    expect(diagnostics.map((one) => lspDiagnostic(one, uri, 'fip').tags)).toEqual([[2], [2]]);
  });

  test('where the new key is there, the old one is removed', () => {
    const { diagnostics, after } = found('rate: 1\nspeed: 3\n');
    expect(diagnostics[0]?.message).toContain('`rate` is there already; remove it');
    expect(after['Change to `rate`']).toBeUndefined();
    expect(after['Remove `speed`']).toBe('rate: 1\n');
  });

  test('a variant with a new name is changed where it is named', () => {
    const { diagnostics, after } = found('optimizer: {type: plain}\n');
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`plain` is deprecated. Write `sgd`.',
    ]);
    expect(after['Change to `sgd`']).toBe('optimizer: {type: sgd}\n');
    expect(found('optimizer: {type: sgd}\n').diagnostics).toEqual([]);
  });

  test('hovers say so', () => {
    const node = schema.properties?.['speed'] ?? {};
    expect(keyDocs('speed', { node, declared: node, required: false })).toContain(
      '*Deprecated: write `rate`.*',
    );
  });

  test('the schema as published deprecates nothing, as docs/diagnostics.md says', () => {
    expect(JSON.stringify(rootNode)).not.toContain('"deprecated"');
    expect(deprecatedKeys(parseSpec('speed: 3\n', uri))).toEqual([]);
  });
});

/**
 * Golden corpus: each file of test/specs/broken says in comments what is wrong with it, and nothing else is found.
 * `#! SEVERITY CODE [TEXT] "PART OF THE MESSAGE"` at the end of the line that the finding starts in, or with `@LINE` in
 * front anywhere else. TEXT is exactly what is underlined; it may be left out. `also @LINE` at the end says where the
 * other place is that the finding points at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { specCodes } from '../../server/src/spec/codes';
import { loadExperiment } from '../../server/src/spec/load-experiment';
import type { SpecDiagnostic } from '../../server/src/spec/load-experiment';

const folder = join(import.meta.dirname, '../specs/broken');
const files = readdirSync(folder).filter((name) => name.endsWith('.fip.yaml'));

interface Expected {
  line: number;
  severity: string;
  code: string;
  text?: string;
  message: string;
  /** The line of the other place that it points at. */
  also?: number;
}

const marker =
  /#! (?:@(\d+) )?(error|warning|information) (fip\/[a-z-]+)(?: \[(.*)\])? "(.*)"(?: also @(\d+))?/;

function expectedIn(text: string): Expected[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const [, at, severity = '', code = '', marked, message = '', also] = marker.exec(line) ?? [];
    if (!code) return [];
    const place = at === undefined ? i : Number(at) - 1;
    return [
      {
        line: place,
        severity,
        code,
        message,
        ...(marked !== undefined && { text: marked }),
        ...(also !== undefined && { also: Number(also) - 1 }),
      },
    ];
  });
}

const byLine = (a: { line: number; code: string }, b: { line: number; code: string }) =>
  a.line - b.line || (a.code < b.code ? -1 : 1);

function foundIn(text: string, diagnostics: readonly SpecDiagnostic[]): Expected[] {
  const document = TextDocument.create('', '', 0, text);
  return diagnostics.map(({ range, severity, code, message, related: [other] = [] }) => ({
    line: range.start.line,
    severity,
    code,
    text: document.getText(range),
    message,
    ...(other && { also: other.range.start.line }),
  }));
}

describe('broken specs', () => {
  const cases = files.flatMap((file) => [
    { file, ends: 'LF' },
    { file, ends: 'CRLF' },
  ]);

  test.each(cases)('$file, $ends', async ({ file, ends }) => {
    const path = join(folder, file);
    const asWritten = readFileSync(path, 'utf8');
    const text = ends === 'LF' ? asWritten : asWritten.replaceAll('\n', '\r\n');
    const { diagnostics, experiment } = await loadExperiment(text, { specPath: path });
    const expected = expectedIn(text).sort(byLine);
    const found = foundIn(text, diagnostics).sort(byLine);
    expect(expected.length).toBeGreaterThan(0);
    expect(found.map(({ line, severity, code }) => ({ line, severity, code }))).toEqual(
      expected.map(({ line, severity, code }) => ({ line, severity, code })),
    );
    expected.forEach(({ text: marked, message, also }, i) => {
      if (also !== undefined) expect(found[i]?.also).toBe(also);
      if (marked !== undefined) expect(found[i]?.text).toBe(marked);
      expect(found[i]?.message).toContain(message);
    });
    expect(experiment !== undefined).toBe(!expected.some(({ severity }) => severity === 'error'));
  });

  test('every code has a file, but for those of texts that cannot hold a comment, and of runs', () => {
    const inFiles = files.flatMap((file) =>
      expectedIn(readFileSync(join(folder, file), 'utf8')).map(({ code }) => code),
    );
    const elsewhere = ['empty', 'too-large', 'not-text', 'too-deep', 'invalid'];
    // Nothing is deprecated yet: test/spec/deprecated-keys.test.ts has a schema where something is.
    elsewhere.push('deprecated-key');
    const ofRuns = ['expectation-failed', 'run-failed', 'internal'];
    const missing = specCodes.filter(
      (code) => !inFiles.includes(code) && ![...elsewhere, ...ofRuns].includes(code.slice(4)),
    );
    expect(missing).toEqual([]);
  });

  test('no message speaks in the words of the schema language or of the parser', async () => {
    for (const file of files) {
      const path = join(folder, file);
      const { diagnostics } = await loadExperiment(readFileSync(path, 'utf8'), { specPath: path });
      for (const { message } of diagnostics)
        expect(message).not.toMatch(
          /oneOf|anyOf|schema|additionalProp|implicit|scalar|collection|-token|token in/i,
        );
    }
  });
});

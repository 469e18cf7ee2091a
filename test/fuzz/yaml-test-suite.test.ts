/**
 * The documents of the public YAML test suite (https://github.com/yaml/yaml-test-suite) go through the parser and every
 * feature. The suite is no part of this repository; it is read where it lies below `FIP_TEST_DATA`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSpec } from '../../server/src/spec/parse';
import { check } from '../language/kit';
import { everyFeature, positionsIn } from './every-feature';

const folder = join(process.env['FIP_TEST_DATA'] ?? '', 'yaml-test-suite/src');
const isThere = process.env['FIP_TEST_DATA'] !== undefined && existsSync(folder);

interface Case {
  name: string;
  text: string;
  /** Whether it is no YAML. */
  fail: boolean;
  /** What it means, as JSON; only where that can be said. */
  json?: string;
}

interface Written {
  name?: string;
  yaml?: string;
  fail?: boolean;
  json?: string | null;
  skip?: boolean;
}

/** In the suite, letters that nobody sees are written with others. */
const visible: readonly [RegExp, string][] = [
  [/␣/g, ' '],
  [/—*»/g, '\t'],
  [/←/g, '\r'],
  [/⇔/g, '\uFEFF'],
  [/↵/g, ''],
  [/∎\n$/, ''],
];

const spelledOut = (text: string) =>
  visible.reduce(
    (result, [sign, letter]) => result.replaceAll(new RegExp(sign, 'g'), letter),
    text,
  );

function casesIn(file: string): Case[] {
  const written = parse(readFileSync(join(folder, file), 'utf8')) as Written[];
  let inherited: Written = {};
  return written.flatMap((own, i) => {
    inherited = { ...inherited, ...own };
    const { yaml, json } = inherited;
    const fail = own.fail === true;
    if (yaml === undefined) return [];
    const name = `${file.replace('.yaml', '')}/${i}: ${inherited.name ?? ''}`;
    return [{ name, text: spelledOut(yaml), fail, ...(typeof json === 'string' && { json }) }];
  });
}

const cases = isThere
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .flatMap(casesIn)
  : [];

/** Alone, below a key, and behind a spec. */
const forms: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `fip: 1\ndata:\n${text.replaceAll(/^(?=.)/gm, '  ')}\nname: after\n`,
  (text) => `fip: 1\nname: before\n${text}`,
  (text) => text.replaceAll('\n', '\r\n'),
];

async function goThrough(text: string): Promise<void> {
  const checked = await check(text);
  const step = Math.max(1, Math.floor(text.length / 2));
  for (let offset = 0; offset <= text.length; offset += step) {
    const answers = await everyFeature(checked, offset);
    for (const place of positionsIn(answers))
      expect(checked.document.positionAt(checked.document.offsetAt(place))).toEqual(place);
  }
}

describe.skipIf(!isThere)(
  `the YAML test suite${isThere ? '' : ' (skipped: it is not below FIP_TEST_DATA)'}`,
  () => {
    test('is there', () => {
      expect(cases.length).toBeGreaterThan(380);
    });

    test('every feature works on every document, alone and in a spec', async () => {
      for (const { name, text } of cases)
        for (const form of forms)
          await goThrough(form(text)).catch((error: unknown) => {
            throw new Error(name, { cause: error });
          });
    });

    test('what is no YAML has an error', () => {
      const silent = cases.filter(
        ({ fail, text }) => fail && parseSpec(text).diagnostics.length === 0,
      );
      expect(silent.map(({ name }) => name)).toEqual([]);
    });

    test('what is a mapping and is not refused means what the suite says', () => {
      let compared = 0;
      for (const { name, text, json, fail } of cases) {
        const { value, diagnostics } = parseSpec(text);
        if (fail || json === undefined || value === undefined || diagnostics.length > 0) continue;
        expect(value, name).toEqual(JSON.parse(json));
        compared++;
      }
      expect(compared).toBeGreaterThan(50);
    });
  },
);

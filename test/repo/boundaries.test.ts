/** The import boundaries of .dependency-cruiser.cjs bite: each is broken once, in a house of cards. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = join(root, '.dependency-cruiser.cjs');

/** Modules that others may want to import. */
const neighbours = {
  'server/src/protocol/generated.ts': 'export interface RunEvent { seq: number }\n',
  'server/src/spec/experiment.ts': 'export interface Experiment { fip: 1 }\n',
  'server/src/spec/parse.ts': 'export const parse = 1;\n',
  'server/src/runs/run-service.ts': 'export const service = 1;\n',
  'server/src/language/hover.ts': 'export const hover = 1;\n',
  'server/src/engine/walk.ts': 'export const walk = 1;\n',
  'server/src/engine/data/inspect/inspect-data.ts': 'export const inspect = 1;\n',
  'client/src/results/messages.ts': 'export interface Message { kind: string }\n',
  'client/src/extension.ts': 'export const activate = 1;\n',
};

/** A module's text, what it may be blamed for, and where it stands. */
const good: [path: string, text: string][] = [
  ['server/src/engine/a.ts', "import type { Experiment } from '../spec/experiment';"],
  ['server/src/engine/b.ts', "import type { RunEvent } from '../protocol/generated';"],
  ['server/src/spec/a.ts', "export { inspect } from '../engine/data/inspect/inspect-data';"],
  ['server/src/language/a.ts', "export { parse } from '../spec/parse';"],
  ['server/src/runs/a.ts', "export { spawn } from 'node:child_process';"],
  ['server/src/language-server.ts', "export { service } from './runs/run-service';"],
  ['client/src/a.ts', "export type { RunEvent } from '../../server/src/protocol/generated';"],
  ['client/webview/a.ts', "export type { Message } from '../src/results/messages';"],
];

const bad: [rule: string, folder: string, target: string][] = [
  ['engine-knows-no-editor', 'server/src/engine', '../runs/run-service'],
  ['engine-knows-no-editor', 'server/src/engine', '../language/hover'],
  ['engine-knows-no-editor', 'server/src/engine', '../spec/parse'],
  ['engine-takes-only-types-of-the-spec', 'server/src/engine', '../spec/experiment'],
  ['inspection-is-cheap', 'server/src/engine/data/inspect', '../../walk'],
  ['spec-is-pure', 'server/src/spec', '../runs/run-service'],
  ['spec-is-pure', 'server/src/spec', '../language/hover'],
  ['spec-is-pure', 'server/src/spec', '../engine/walk'],
  ['language-is-pure', 'server/src/language', '../runs/run-service'],
  ['language-is-pure', 'server/src/language', '../engine/walk'],
  ['language-starts-no-process', 'server/src/language', 'node:child_process'],
  ['export-is-pure', 'server/src/export', '../runs/run-service'],
  ['protocol-stands-alone', 'server/src/protocol', '../spec/parse'],
  ['client-speaks-the-protocol', 'client/src', '../../server/src/spec/parse'],
  ['webview-speaks-to-its-host', 'client/webview', '../src/extension'],
  ['webview-speaks-to-its-host', 'client/webview', '../../server/src/spec/parse'],
  ['webview-has-no-node', 'client/webview', 'node:fs'],
  ['server-knows-no-vscode', 'server/src/runs', '../../../client/src/extension'],
  ['not-to-unresolvable', 'server/src/runs', './there-is-no-such-module'],
];

interface Violation {
  from: string;
  rule: { name: string };
}

let house: string;
let violations: Violation[];

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'fip-house-'));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const [path, text] of [...Object.entries(neighbours), ...good]) write(path, `${text}\n`);
  for (const [index, [, folder, target]] of bad.entries())
    write(badPath(index, folder), `export * from '${target}';\n`);
  write('server/src/runs/c.ts', "import type { D } from './d'; export type C = D[];\n");
  write('server/src/runs/d.ts', "import type { C } from './c'; export type D = C | 1;\n");
  violations = cruise();
});

afterAll(() => {
  rmSync(house, { recursive: true, force: true });
});

const badPath = (index: number, folder: string): string => `${folder}/bad-${String(index)}.ts`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

/** Everything in the house that breaks a rule. */
function cruise(): Violation[] {
  const args = [cruiser, '--config', config, '--output-type', 'json', 'client', 'server'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** Names of the rules that a module breaks. */
const brokenBy = (path: string): string[] =>
  violations.filter(({ from }) => from === path).map(({ rule }) => rule.name);

test.each(good)('%s may say: %s', (path) => {
  expect(brokenBy(path)).toEqual([]);
});

test.each(bad.map((entry, index) => [...entry, index] as const))(
  '%s: %s may not import %s',
  (rule, folder, _target, index) => {
    expect(brokenBy(badPath(index, folder))).toContain(rule);
  },
);

test('there are no circles, also not of types alone', () => {
  expect(brokenBy('server/src/runs/c.ts')).toEqual(['no-circular']);
});

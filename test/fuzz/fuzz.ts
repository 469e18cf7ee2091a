/** Mutants of the samples go through the parser, the checks and every feature. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect } from 'vitest';
import { formatting } from '../../server/src/language/formatting';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import { parseSpec } from '../../server/src/spec/parse';
import { checkSchema } from '../../server/src/spec/schema';
import type { SpecDocument } from '../../server/src/spec/spec-document';
import { check, editedWith, validSpec } from '../language/kit';
import { everyFeature, positionsIn } from './every-feature';
import { mutant, seeded } from './mutate';
import type { Draw } from './mutate';

/** How many mutants there are in all; `FIP_FUZZ` asks for more. */
export const mutants = Number(process.env['FIP_FUZZ'] ?? 2000);

/** Processor time that no mutant may take, in milliseconds: an editor would be felt to hang. */
const hang = 100;

const samples = join(import.meta.dirname, '../../samples');
const texts = [
  validSpec,
  ...readdirSync(samples)
    .filter((name) => name.endsWith('.fip.yaml'))
    .map((name) => readFileSync(join(samples, name), 'utf8')),
];

/** Looks at every second mutant, and tells which was the slowest. */
export async function fuzz(part: 0 | 1): Promise<void> {
  let slowest = { seed: -1, time: 0 };
  for (let seed = part; seed < mutants; seed += 2) {
    const time = await shortestTime(seed);
    if (time > slowest.time) slowest = { seed, time };
    expect(time, `milliseconds for mutant ${seed}`).toBeLessThan(hang);
  }
  console.log(`The slowest mutant, ${slowest.seed}, took ${slowest.time.toFixed(0)} ms.`);
}

/** What is compiled, loaded or collected meanwhile takes time as well, but not each time. */
async function shortestTime(seed: number): Promise<number> {
  let shortest = await timeOf(() => examine(seed));
  for (let more = 0; more < 4 && shortest > hang / 3; more++)
    shortest = Math.min(shortest, await timeOf(() => examine(seed)));
  return shortest;
}

/** Processor time of this process: how busy the machine is does not count. */
async function timeOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function mutantOf(seed: number): { text: string; draw: Draw } {
  const draw = seeded(seed);
  return { text: mutant(texts[seed % texts.length] ?? '', draw), draw };
}

async function examine(seed: number): Promise<void> {
  const { text, draw } = mutantOf(seed);
  const context = `mutant ${seed}:\n${text}`;
  try {
    const checked = await check(text);
    judge(checked, context);
    // Half of them, of either part, are enough for the features, which take the longer half of the time.
    if (seed % 4 < 2)
      arePlaces(checked.document, await everyFeature(checked, draw(text.length + 1)), context);
    if (seed % 50 < 2) await formatTwice(checked.document, context);
  } catch (error) {
    throw error instanceof Error && error.message.includes(context)
      ? error
      : new Error(context, { cause: error });
  }
}

/** An experiment, or an error that says why not; and what other readers refuse is none. */
function judge({ experiment, diagnostics }: CheckedSpec, context: string): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(experiment === undefined, context).toBe(errors.length > 0);
  for (const { message } of diagnostics) expect(message, context).not.toMatch(/undefined|\[object/);
  if (experiment)
    expect(isValidElsewhere(context.slice(context.indexOf('\n') + 1)), context).toBe(true);
}

/** By the YAML library's own reading, without our walk through its tree. */
function isValidElsewhere(text: string): boolean {
  try {
    const value: unknown = parse(text, { version: '1.2', logLevel: 'error' });
    return checkSchema(value).errors.length === 0;
  } catch {
    return false;
  }
}

/** Every place that is named lies in the text, and ranges do not run backwards. */
function arePlaces(document: SpecDocument, answers: unknown, context: string): void {
  for (const place of positionsIn(answers)) {
    const there = document.positionAt(document.offsetAt(place));
    if (there.line !== place.line || there.character !== place.character)
      expect(place, context).toEqual(there);
  }
}

async function formatTwice(document: SpecDocument, context: string): Promise<void> {
  const once = parseSpec(editedWith(document, await formatting(document, { tabSize: 2 })));
  expect(once.value, context).toEqual(document.value);
  expect(await formatting(once, { tabSize: 2 }), context).toEqual([]);
}

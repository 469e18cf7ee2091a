import { describe, expect, test } from 'vitest';
import { hover } from '../../server/src/language/hover';
import type { LatestRun } from '../../server/src/language/latest-run';
import { atCursor, check, latest, validSpec } from './kit';
import { client, initialize, open, uri } from './server-kit';

async function hoverText(marked: string, run?: LatestRun): Promise<string> {
  const { text, offset } = atCursor(marked);
  return (hover(await check(text), offset, run)?.contents as { value: string }).value;
}

const forty = validSpec.replace('steps: 10', 'steps: 40, samples: 100');

describe('what a run takes', () => {
  test('a leg: memory, work, and time once it was run', async () => {
    // Twice 400 x 30 + 30 x 20 + 20 x 10 operations, on 100 samples.
    const work = '2.56 MFLOP for each pass over the 100 samples of a step';
    const before = await hoverText(forty.replace('leg: pr', 'leg: <|>pr'));
    expect(before).toMatch(/It takes [\d.]+ KiB of memory at least; /);
    expect(before).toContain(`${work}.`);
    const after = await hoverText(forty.replace('solver:', 'sol<|>ver:'), latest('completed'));
    // Ten steps took 3.25 s.
    expect(after).toContain(`${work}; about 13 s for 40 steps, as fast as the last run on wasm.`);
  });

  test('the training at the start', async () => {
    const before = await hoverText(validSpec.replace('train: {', 'tra<|>in: {'));
    // Three passes, two operations, 2,000 samples, two epochs.
    expect(before).toContain('307 MFLOP for 2 epochs over 2,000 samples.');
    const six = validSpec.replace('epochs: 2', 'epochs: 6').replace('train: {', 'tra<|>in: {');
    expect(await hoverText(six, latest('walking'))).toContain(
      '; about 3 s, as fast as the last run on wasm.',
    );
  });

  test('nothing is guessed of a network that is not known', async () => {
    const text = forty.replace('mlp', 'mpl').replace('solver:', 'sol<|>ver:');
    expect(await hoverText(text, latest('completed'))).not.toContain('It takes');
  });
});

describe('the backend', () => {
  const hoverAt = async (backend: string, options: object) => {
    await initialize(undefined, options);
    await open(validSpec.replace('data:', `backend: ${backend}\ndata:`));
    const hover: { contents: { value: string } } = await client.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 2, character: 4 },
    });
    return hover.contents.value;
  };

  test('`auto` tells what it takes here, on which device, and what else there is', async () => {
    const text = await hoverAt('auto', {});
    expect(text).toContain(
      'On this machine `auto` takes **wasm**, on CPU, 2 threads. It is embedded.\n\n- webgpu: It is not installed.',
    );
  });

  test('a backend that is not there tells why, and what to do', async () => {
    const text = await hoverAt('webgpu', {});
    expect(text).toContain('**webgpu** cannot be used here: It is not installed. Install it.');
    expect(text).toContain('- wasm: there, on CPU, 2 threads');
  });

  test('nothing is started in a workspace that is not trusted', async () => {
    expect(await hoverAt('auto', { trusted: false })).not.toContain('On this machine');
  });
});

test('what the last run computed on is said without trying anything', async () => {
  const text = validSpec.replace('data:', 'backend: au<|>to\ndata:');
  expect(await hoverText(text, latest('completed'))).toContain(
    'The last run computed on wasm (CPU). It is there.',
  );
});

/** The pretrained encoder all-MiniLM-L6-v2 on real sentences, against Hugging Face's BertModel in float64 (see test/parity). */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../server/src/engine/backends/backend';
import { TextTokenizer } from '../../../server/src/engine/data/inspect/text/tokenizer';
import type { NamedTensor } from '../../../server/src/engine/host';
import { bertStates, type BertSize } from '../../../server/src/engine/network/architectures/bert';
import { outputsOf } from '../../../server/src/engine/network/forward';
import { upload } from '../../../server/src/engine/network/network';
import { decodeSafetensors } from '../../../server/src/engine/network/safetensors';
import { weightsOfFile } from '../../../server/src/engine/network/weights-of-file';
import { Random } from '../../../server/src/engine/random';
import fixture from '../../fixtures/parity/minilm.json' with { type: 'json' };
import { readMinilm, withoutMinilm } from '../../minilm';
import { backendsToTest } from '../backends';

/** Of float32 through six blocks, relative to the norm of what is compared; about 1e-6 is found. */
const TOLERANCE = 5e-6;
/** An emulated graphics card takes five seconds a sentence. */
const EMULATED_SAMPLES = 3;
const TIMEOUT_MS = 180_000;
const [SAMPLES = 0, LENGTH = 0] = fixture.ids.shape;
const [, TOKENS = 0, WIDTH = 0] = fixture.states.shape;

let tensors: NamedTensor[];
let size: Omit<BertSize, 'depth'>;

/** Hidden states [samples, length, WIDTH] behind so many blocks, of ids [samples, length]. */
async function states(
  backend: Backend,
  depth: number,
  ids: Float32Array,
  length = LENGTH,
): Promise<Float32Array> {
  const network = bertStates({ ...size, depth }, [length]);
  const { weights } = weightsOfFile(network, tensors, 'model.safetensors', Random.of('none'));
  return backend.scope(async () => {
    const inputs = backend.tensor(ids, [ids.length / length, length]);
    return backend.read(outputsOf(backend, network, upload(backend, network, weights), inputs));
  });
}

const row = (all: Float32Array, sample: number, token: number) => {
  const start = (sample * LENGTH + token) * WIDTH;
  return all.subarray(start, start + WIDTH);
};

/** Mean of the rows of a sample's tokens, without padding: the embedding of a sentence. */
function meanPooled(all: Float32Array, ids: Float32Array, sample: number): Float64Array {
  const count = ids.subarray(sample * LENGTH, (sample + 1) * LENGTH).filter((id) => id > 0).length;
  const mean = new Float64Array(WIDTH);
  for (let token = 0; token < count; token++)
    row(all, sample, token).forEach((value, i) => (mean[i]! += value / count));
  return mean;
}

function distanceTo(expected: number[], found: ArrayLike<number>): number {
  const differences = expected.map((value, i) => value - (found[i] ?? NaN));
  return Math.hypot(...differences) / Math.hypot(...expected);
}

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));
const title = `the pretrained encoder${withoutMinilm ? ` (${withoutMinilm})` : ''}`;

describe.skipIf(withoutMinilm)(title, () => {
  let ids: Float32Array;

  beforeAll(() => {
    ({ tensors } = decodeSafetensors(readMinilm('model.safetensors')));
    const config = JSON.parse(readMinilm('config.json').toString()) as Record<string, number>;
    size = {
      vocabulary: config['vocab_size']!,
      width: config['hidden_size']!,
      heads: config['num_attention_heads']!,
      hidden: config['intermediate_size']!,
      positions: config['max_position_embeddings']!,
    };
    const path = 'tokenizer.json';
    const file = { path, location: path, pointer: '/tokenizer' };
    const tokenizer = TextTokenizer.parse(readMinilm(path), file);
    ids = new Float32Array(SAMPLES * LENGTH);
    fixture.sentences.forEach((text, sample) =>
      ids.set(tokenizer.encode(text, LENGTH).ids, sample * LENGTH),
    );
  });

  test('the sentences become the reference’s numbers', () => {
    expect([...ids]).toEqual(fixture.ids.values);
  });

  test('every weight of the network is in the file, and nothing else but a pooler and positions', () => {
    const { layout } = bertStates({ ...size, depth: 6 }, [LENGTH]);
    const own = new Set(layout.entries.map(({ name }) => name));
    expect(tensors.map(({ name }) => name).filter((name) => !own.has(name))).toEqual([
      'embeddings.position_ids',
      'pooler.dense.bias',
      'pooler.dense.weight',
    ]);
  });

  describe.each(backends)('on $on', { timeout: TIMEOUT_MS }, ({ backend }) => {
    test('gives the reference’s embeddings of sentences', async () => {
      const samples = backend.software ? EMULATED_SAMPLES : SAMPLES;
      const all = await states(backend, 6, ids.subarray(0, samples * LENGTH));
      for (let sample = 0; sample < samples; sample++) {
        const expected = fixture.meanPooled.values.slice(sample * WIDTH, (sample + 1) * WIDTH);
        const found = meanPooled(all, ids, sample);
        expect(distanceTo(expected, found), fixture.sentences[sample]).toBeLessThan(TOLERANCE);
      }
    });

    const depths = backend.software ? [0, 1, 6] : [0, 1, 2, 3, 4, 5, 6];
    test.each(depths)('gives its hidden states behind %d blocks', async (depth) => {
      // Without the padding, which must not matter.
      const length = ids.indexOf(0);
      const all = await states(backend, depth, ids.subarray(0, length), length);
      fixture.tokens.forEach((token, place) => {
        const start = (depth * TOKENS + place) * WIDTH;
        const expected = fixture.states.values.slice(start, start + WIDTH);
        expect(distanceTo(expected, row(all, 0, token)), `token ${token}`).toBeLessThan(TOLERANCE);
      });
    });
  });
});

/**
 * Reproduces the figures of docs/results.md on a pretrained encoder and real sentences, as test/bench/method does for
 * images. The encoder is the one that `npm run setup:minilm` brings, or `--network DIR`; the data root has
 * `text/uci-sentiment/`.
 */
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from '../method/run-bench';
import { NETWORK } from './figures/data';
import { learn } from './figures/learn';
import { sparsify } from './figures/sparsify';

/** Specs read only what lies beside them. */
function linkNetwork(folder: string, network: string | undefined): void {
  if (network === undefined) throw new Error('Say where the encoder lies: --network DIR.');
  const place = join(folder, NETWORK);
  if (!existsSync(place)) symlinkSync(network, place, 'junction');
}

runBench({
  figures: [sparsify, learn],
  seeds: '1',
  folder: 'bench-transformers',
  prepare: linkNetwork,
});

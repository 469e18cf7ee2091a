// Bundles the bench of pretrained transformers and runs it; its options are passed on (see test/bench/transformers/main.ts).
import { minilmFolder, missingMinilm } from './lib/minilm.mjs';
import { runBench } from './lib/run-bench.mjs';

const named = process.argv.includes('--network');
const missing = named ? undefined : missingMinilm();
if (missing !== undefined) {
  console.error(`The encoder is not there (${missing}): run \`npm run setup:minilm\`.`);
  process.exitCode = 1;
} else {
  await runBench('transformers', named ? [] : ['--network', minilmFolder]);
}

// Bundles the method's bench and runs it; its options are passed on (see test/bench/method/main.ts).
import { runBench } from './lib/run-bench.mjs';

await runBench('method');

/**
 * The engine's process. `engine-process RUN_FOLDER [--resume]` runs the experiment in that folder;
 * `engine-process --doctor` prints the backends of this machine as one line of JSON, `engine-process --self-test NAME`
 * those of one backend that was held against plain arithmetic.
 */
import { probeBackends, testBackend } from '../engine/backends/choose-backend';
import { runExperiment } from '../engine/run-experiment';
import { runEngineProcess } from './run-engine-process';

/** Output that nobody reads must not keep the process alive. */
const FLUSH_MS = 2_000;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--doctor')) {
    process.stdout.write(JSON.stringify(await probeBackends()) + '\n');
    return 0;
  }
  if (args[0] === '--self-test') {
    process.stdout.write(JSON.stringify(await testBackend(args[1] ?? '')) + '\n');
    return 0;
  }
  const folder = args.find((arg) => !arg.startsWith('--')) ?? '';
  return runEngineProcess(folder, { resume: args.includes('--resume') }, runExperiment);
}

// A reader that went away is no reason to end.
process.stdout.on('error', () => undefined);

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  setTimeout(() => process.exit(code), FLUSH_MS).unref();
});

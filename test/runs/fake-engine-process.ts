/** An engine process like the real one, with `fakeExperiment` in the place of the engine; `seed` says what goes wrong. */
import { runEngineProcess } from '../../server/src/runs/run-engine-process';
import { fakeExperiment } from './fake-experiment';
import { faults } from './faults';

const PAUSE_MS = 20;

process.stdout.on('error', () => undefined);

void runEngineProcess(
  process.argv[2] ?? '',
  { resume: process.argv.includes('--resume') },
  async (experiment, host, resumeFrom) => {
    let moment = 0;
    const pause = async (): Promise<void> => {
      moment++;
      const first = resumeFrom === undefined;
      if (first && experiment.seed === faults.abort && moment === 6) {
        process.stderr.write('out of memory in the fake engine\n');
        process.abort();
      }
      if (first && experiment.seed >= faults.killAt && moment === experiment.seed - faults.killAt)
        process.kill(process.pid, 'SIGKILL');
      if (experiment.seed === faults.crash && moment === 6)
        setTimeout(() => {
          throw new Error('a stray error');
        });
      if (experiment.seed === faults.throws && moment === 6)
        throw new Error('thrown by the engine');
      const slow = experiment.seed === faults.slow || experiment.seed === faults.hang;
      await new Promise((resolve) => setTimeout(resolve, slow ? 5 * PAUSE_MS : 1));
      if (experiment.seed === faults.hang && host.shouldStop()) await new Promise(() => undefined);
    };
    const holdOpen = setInterval(() => undefined, 1_000);
    try {
      return await fakeExperiment(experiment, host, resumeFrom, pause);
    } finally {
      clearInterval(holdOpen);
    }
  },
).then((code) => process.exit(code));

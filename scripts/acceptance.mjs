// The main promise on real data: a sparse network that is as accurate as the dense one.
// usage: node scripts/acceptance.mjs DATA_ROOT [SPEC]
import './lib/check-node.mjs';
import { spawnSync } from 'node:child_process';
import { Failure, main } from './lib/run.mjs';
import { root } from './lib/paths.mjs';

const mostDrop = 0.01;
const [dataRoot, spec = 'samples/sparsify-mnist.fip.yaml'] = process.argv.slice(2);

/** Runs the spec and returns its report. */
function reportOf(spec) {
  const args = ['server/bin/fip.cjs', 'run', '--json', '--data-root', dataRoot, spec];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const last = stdout.trim().split('\n').at(-1);
  if (!last?.startsWith('{')) throw new Failure(`fip run ended with ${status} and no report.`);
  return JSON.parse(last).report;
}

const percent = (part) => `${(100 * part).toFixed(2)} %`;

/** The accuracy at the end on each data set must be within `mostDrop` of that at the start. */
function judge(report) {
  if (report?.status !== 'completed')
    throw new Failure(`The run ${report?.status}: ${report?.reason}`);
  const end = report.legs.at(-1).end;
  console.log(`${report.name} on ${report.backend}: ${report.seconds.toFixed(1)} s`);
  console.log(`sparsity ${percent(end.sparsity)}, output distance`, end.output_distance);
  return Object.entries(report.start.accuracy).map(([data, before]) => {
    const after = end.accuracy[data];
    console.log(`accuracy on ${data}: ${percent(before)} before, ${percent(after)} after`);
    return before - after <= mostDrop;
  });
}

await main(() => {
  if (!dataRoot) throw new Failure('usage: node scripts/acceptance.mjs DATA_ROOT [SPEC]');
  const isKept = judge(reportOf(spec));
  if (isKept.every(Boolean)) return 0;
  console.error(`The accuracy fell by more than ${percent(mostDrop)}.`);
  return 1;
});

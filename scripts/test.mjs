// Everything that can be tested here. Arguments go on to vitest: `npm test -- test/engine`.
import './lib/check-node.mjs';
import { setUp } from './setup.mjs';
import { main, tryRunNode } from './lib/run.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { missingForE2e } from './lib/e2e-tools.mjs';
import { runVitest } from './lib/run-vitest.mjs';

const e2eConfig = ['--config', 'test/e2e/vitest.config.mts'];

/** A check beside the tests; it counts as one. */
function check(title, work) {
  try {
    work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(`${title}: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function areTypesFresh() {
  if (tryRunNode(['scripts/generate-types.mjs', '--check']) !== 0)
    throw new Error('the generated types are not fresh.');
}

function runE2e(args = []) {
  const missing = missingForE2e();
  if (!missing) return runVitest([...e2eConfig, ...args]);
  if (process.env.FIP_REQUIRE_E2E) {
    console.error(`End-to-end tests are required and need ${missing}.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`skipped: end-to-end tests need ${missing}; run \`npm run setup:e2e\`.`);
  return { passed: 0, failed: 0, skipped: 0 };
}

/** Whether the arguments name tests, as opposed to options alone. */
const isFilter = (argument) => !argument.startsWith('-');

function* runAll(args) {
  yield check('Types', areTypesFresh);
  yield check('Build', buildIfStale);
  const filters = args.filter(isFilter);
  if (!filters.some((filter) => filter.includes('e2e'))) yield runVitest(args);
  if (filters.length === 0) yield runE2e(args);
  else if (filters.every((filter) => filter.includes('e2e')))
    yield runE2e(args.map((argument) => argument.replace(/^.*test\/e2e\/?/, '')).filter(Boolean));
}

await main(() => {
  setUp();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of runAll(process.argv.slice(2)))
    for (const key of Object.keys(total)) total[key] += counts[key];
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
});

/**
 * The engine loads the installed tensorflow backend in other versions of Node.js than the one that runs the tests. npm brings those. FIP_REQUIRE_NODE_VERSIONS makes a failure of what is otherwise skipped.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { installedStamp } from '../../server/src/backends-install/install-backend';
import { tensorflowRecipe } from '../../server/src/backends-install/tensorflow-recipe';
import type { BackendStatus } from '../../server/src/protocol/generated';
import { checkNode } from '../../server/src/runs/check-node';
import { engineEnvironment } from '../../server/src/runs/engine-environment';
import { bundle, temporaryFolder } from '../runs/support';

const run = promisify(execFile);
const folder = temporaryFolder();
let engine: string;
beforeAll(async () => {
  engine = await bundle('../server/src/runs/engine-process.ts', folder.path);
});
afterAll(() => folder.remove());

/** Path of a Node.js of this major version. */
async function fetchNode(major: number): Promise<string> {
  const args = ['--yes', '--package', `node@${major}`, 'node', '--print', 'process.execPath'];
  const options = { shell: process.platform === 'win32', timeout: 100_000 };
  const { stdout } = await run('npx', args, options);
  return stdout.trim().split('\n').at(-1)!;
}

/** Skips the test with a line that says why, unless it is required. */
function skip(context: TestContext, why: string): never {
  if (process.env['FIP_REQUIRE_NODE_VERSIONS']) throw new Error(why);
  console.log(`skipped: ${context.task.name}: ${why}`);
  return context.skip(why);
}

async function selfTest(node: string): Promise<BackendStatus> {
  const args = [engine, '--self-test', 'tensorflow'];
  const { stdout } = await run(node, args, { env: engineEnvironment() });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as BackendStatus;
}

describe.each([22, 24])('in Node.js %i', (major) => {
  let node: string | undefined;
  let fault = '';
  beforeAll(async () => {
    node = await fetchNode(major).catch((error: unknown) => {
      fault = String(error);
      return undefined;
    });
  }, 120_000);

  test('tensorflow loads and computes', { timeout: 60_000 }, async (context) => {
    if (node === undefined) skip(context, `npm brings no Node.js ${major} (${fault}).`);
    const { node: found } = await checkNode(node);
    expect(found?.version).toMatch(new RegExp(`^${major}\\.`));
    if (!installedStamp(tensorflowRecipe)) skip(context, 'tensorflow is not installed.');
    expect(await selfTest(node)).toMatchObject({
      name: 'tensorflow',
      available: true,
      device: expect.stringContaining('TensorFlow'),
    });
  });
});

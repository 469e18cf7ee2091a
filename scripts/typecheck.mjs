// Type-checks every project; all of them are tried before the script fails.
import { spawnSync } from 'node:child_process';

const projects = ['server', 'client', 'client/webview', 'test'];
const failed = projects.filter(
  (project) =>
    spawnSync('npx', ['tsc', '-p', project], { stdio: 'inherit', shell: true }).status !== 0,
);
if (failed.length > 0) console.error(`Type errors in: ${failed.join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);

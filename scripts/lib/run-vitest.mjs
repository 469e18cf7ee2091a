import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryRunNode } from './run.mjs';

/** A file that could not even be loaded has no tests, and counts as one that failed. */
function count(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readCounts(file) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // It died before it could write a report.
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Runs vitest with these arguments; returns `{passed, failed, skipped}`. A run that ends badly has at least one failure. */
export function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'fip-tests-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = tryRunNode(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args]);
  const counts = readCounts(file);
  rmSync(folder, { recursive: true, force: true });
  return { ...counts, failed: status === 0 ? counts.failed : Math.max(1, counts.failed) };
}

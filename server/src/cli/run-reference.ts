import { existsSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findRuns } from '../runs/find-runs';
import { readRunFacts, type RunFacts } from '../runs/run-facts';
import { runsFolder } from '../runs/run-folder';
import type { RunSummary } from '../protocol/messages';
import { UsageError } from './usage-error';

/** A run that the user named. */
export interface FoundRun {
  folder: string;
  /** Folder of its spec. */
  directory: string;
  facts: RunFacts;
}

/**
 * The run that the user named: by its folder, by its id or nickname among the runs of the current folder, or by a spec,
 * which stands for its newest run.
 * @throws UsageError where there is none, or several
 */
export function findRun(reference: string, cwd: string): FoundRun {
  const path = resolve(cwd, reference);
  const found = existsSync(path) ? atPath(path) : byName(reference, cwd);
  if (found) return found;
  throw new UsageError(
    `There is no run '${reference}'. Name a run's folder, an id or nickname that \`fip list\` shows, or a spec that was run.`,
  );
}

function atPath(path: string): FoundRun | undefined {
  if (statSync(path).isDirectory()) return describe(path);
  const runs = runsIn(dirname(path)).filter(
    ({ facts }) => basename(facts.specPath) === basename(path),
  );
  return runs.sort((a, b) => (a.facts.created < b.facts.created ? 1 : -1))[0];
}

function byName(name: string, cwd: string): FoundRun | undefined {
  const runs = runsIn(cwd).filter(({ facts }) => facts.run === name || facts.nickname === name);
  return runs.length === 1 ? runs[0] : undefined;
}

function runsIn(directory: string): FoundRun[] {
  return findRuns(directory).flatMap((folder) => describe(folder) ?? []);
}

function describe(folder: string): FoundRun | undefined {
  const facts = readRunFacts(folder);
  return facts && { folder, directory: resolve(folder, '..', '..', '..'), facts };
}

/** The command that goes on with a run, as short as it works from `cwd`. */
export function resumeCommand({ folder, nickname }: RunSummary, cwd: string): string {
  const near = dirname(folder) === runsFolder(cwd);
  return `fip resume ${near ? nickname : quote(relative(cwd, folder))}`;
}

/** URI of a spec, as this command line writes it down. */
export function specUri(path: string): string {
  return pathToFileURL(path).href;
}

function quote(path: string): string {
  return /[^\w./-]/.test(path) ? `'${path}'` : path;
}

import { readFileSync } from 'node:fs';
import { runFiles } from '../runs/run-folder';
import type { Experiment } from '../spec/experiment';

/** The resolved experiment of a run, or undefined where it cannot be read. */
export function readExperiment(folder: string): Experiment | undefined {
  try {
    return JSON.parse(readFileSync(runFiles(folder).experiment, 'utf8')) as Experiment;
  } catch {
    return undefined;
  }
}

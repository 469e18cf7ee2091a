import { readFileSync } from 'node:fs';
import { runFiles } from './run-folder';
import { writeAtomically } from './write-atomically';

/** What is known of a run before its first event: run.json. */
export interface RunFacts {
  /** Id: the name of the run's folder. */
  run: string;
  /** Two words that people can say; part of the id. */
  nickname: string;
  /** What the user calls the run, in the place of its nickname. */
  label?: string;
  /** Name of the experiment. */
  name: string;
  /** URI of the spec. */
  uri: string;
  /** Absolute path of the spec. */
  specPath: string;
  /** ISO 8601, to the millisecond. */
  created: string;
  /** Folder that data files are looked up in. */
  dataRoot?: string;
  /** Hash of the experiment as the spec tells it. */
  experimentHash: string;
  /** Of FIP Lab and of the Node that runs the engine. */
  versions: { 'fip-lab': string; node: string };
  /** Process id of the engine that worked on the run last. */
  pid?: number;
}

/** The facts of the run in `folder`, or undefined where it is not the folder of a run. Never throws. */
export function readRunFacts(folder: string): RunFacts | undefined {
  try {
    const facts: unknown = JSON.parse(readFileSync(runFiles(folder).facts, 'utf8'));
    return isRunFacts(facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

/** Writes run.json. */
export function writeRunFacts(folder: string, facts: RunFacts): void {
  writeAtomically(runFiles(folder).facts, JSON.stringify(facts, undefined, 2) + '\n');
}

const TEXTS = ['run', 'nickname', 'name', 'uri', 'specPath', 'created', 'experimentHash'];

function isRunFacts(value: unknown): value is RunFacts {
  if (typeof value !== 'object' || value === null) return false;
  const facts = value as Record<string, unknown>;
  return TEXTS.every((key) => typeof facts[key] === 'string');
}

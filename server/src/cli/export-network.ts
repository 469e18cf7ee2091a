/** A run's network as a folder that Hugging Face's transformers loads. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { configOfModel, isPublishable } from '../engine/network/config-of-model';
import { findWeights, isRecord, kindOf, readJson } from '../engine/network/find-weights';
import { tensorShapes } from '../engine/network/tensor-shapes';
import { WeightsProblem } from '../engine/network/weights-problem';
import { readExperiment } from '../runs/read-experiment';
import type { Experiment } from '../spec/experiment';
import { resolveDataPath } from '../spec/resolve-path';
import type { FoundRun } from './run-reference';
import { UsageError } from './usage-error';

/** What stands beside weights and tells how texts or images become inputs. */
const BESIDE = [
  'tokenizer.json',
  'vocab.txt',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'preprocessor_config.json',
];

/**
 * Writes `config.json`, `model.safetensors` and what the network reads its inputs by: from the folder that it came from, or
 * the tokenizer of the data.
 * @param weights the checkpoint's file
 * @param out the folder's absolute path; made where it is not there
 * @returns the names of the files
 * @throws UsageError where the run's network is none that transformers has, or the folder is not empty
 */
export async function exportNetwork(
  { folder, facts }: FoundRun,
  weights: string,
  out: string,
): Promise<string[]> {
  const experiment = readExperiment(folder);
  if (!experiment) throw new UsageError('The run has no experiment that can be read.');
  const { model } = experiment;
  if (!isPublishable(model))
    throw new UsageError(
      `The run's network is of the architecture \`${model.architecture}\`, which transformers does not have; it has \`bert\`, ` +
        '`vit` and `deit`. Take --format weights.',
    );
  if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0))
    throw new UsageError(`${out} is there already and is no empty folder. Name a new one.`);
  const places = { specDirectory: dirname(facts.specPath), dataRoot: facts.dataRoot };
  const resolve = (path: string) => resolveDataPath(path, places);
  const origin = originOf(experiment, resolve);
  const base = origin === undefined ? undefined : readJson(join(origin, 'config.json'));
  const config = configOfModel(
    model,
    await tensorShapes(weights, basename(weights)),
    isRecord(base) ? base : {},
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  copyFileSync(weights, join(out, 'model.safetensors'));
  for (const file of besideOf(experiment, origin, resolve))
    copyFileSync(file, join(out, basename(file)));
  return readdirSync(out).sort();
}

/** The folder that the run's first network was published in, where it is still there. */
function originOf({ start }: Experiment, resolve: (path: string) => string): string | undefined {
  if (start.weights === undefined) return undefined;
  try {
    return findWeights(resolve(start.weights), start.weights).folder;
  } catch (error) {
    if (!(error instanceof WeightsProblem)) throw error;
    return undefined;
  }
}

function besideOf(
  { data }: Experiment,
  origin: string | undefined,
  resolve: (path: string) => string,
): string[] {
  const published = origin === undefined ? [] : filesIn(origin);
  if (published.some((file) => /tokenizer\.json$|vocab\.txt$/.test(file))) return published;
  const texts = Object.values(data).find((set) => set.format === 'text');
  if (!texts) return published;
  const tokenizer = resolve(texts.tokenizer);
  if (kindOf(tokenizer) === 'folder') return [...published, ...filesIn(tokenizer)];
  return kindOf(tokenizer) === 'file' ? [...published, tokenizer] : published;
}

const filesIn = (folder: string): string[] =>
  BESIDE.map((name) => join(folder, name)).filter((file) => kindOf(file) === 'file');

/** Holds the weights that a spec names against its model, by what the headers of the files say. */
import { basename, join } from 'node:path';
import { findWeights, kindOf, readJson, type WeightFiles } from '../engine/network/find-weights';
import type { Layout } from '../engine/network/layout';
import { configMessage, differencesFromConfig } from '../engine/network/published-config';
import { tensorShapes } from '../engine/network/tensor-shapes';
import { headlessMessage, matchWeights, misfitMessage } from '../engine/network/weights-of-file';
import { WeightsProblem } from '../engine/network/weights-problem';
import { readable } from './check-files';
import type { FilePlaces } from './check-files';
import type { Model } from './experiment';
import { isRecord, pathsIn } from './schema-node';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';

/** What weights are held against, as far as it is known. */
export interface WeightsContext {
  document: SpecDocument;
  resolved: unknown;
  layout?: Layout;
}

/** Checks all files and folders of weights; those that are not there, or lie where specs may not read, are for others. */
export async function checkWeights(
  context: WeightsContext,
  places: FilePlaces | undefined,
  invalid: (pointer: string) => boolean,
): Promise<SpecDiagnostic[]> {
  const found = pathsIn(context.resolved).map(async ({ pointer, path }) => {
    const location = places && readable(path, places);
    const isWeights = !pointer.startsWith('/data/') && !invalid(pointer);
    if (!isWeights || location === undefined || kindOf(location) === undefined) return [];
    return checkOne(context, { pointer, path }, location);
  });
  return (await Promise.all(found)).flat();
}

interface Named {
  pointer: string;
  path: string;
}

async function checkOne(
  context: WeightsContext,
  named: Named,
  location: string,
): Promise<SpecDiagnostic[]> {
  try {
    const files = findWeights(location, named.path);
    checkConfig(context, named, files);
    await checkTensors(context, named, files);
    return [];
  } catch (error) {
    if (!(error instanceof WeightsProblem)) throw error;
    const range = context.document.rangeOf(named.pointer);
    return [specError(error.code, range, error.message)];
  }
}

function checkConfig({ resolved }: WeightsContext, { path }: Named, { folder }: WeightFiles): void {
  if (!isRecord(resolved) || !isRecord(resolved['model'])) return;
  const model = resolved['model'] as unknown as Model;
  const differences = differencesFromConfig(model, readJson(join(folder, 'config.json')));
  if (differences.length > 0)
    throw new WeightsProblem('fip/weights', configMessage(path, differences));
}

async function checkTensors(
  { layout }: WeightsContext,
  { pointer, path }: Named,
  { files }: WeightFiles,
): Promise<void> {
  const shapes = files.map((file) =>
    tensorShapes(file, path.endsWith(basename(file)) ? path : `${path}/${basename(file)}`),
  );
  const tensors = (await Promise.all(shapes)).flat();
  if (!layout) return;
  const match = matchWeights(layout, tensors);
  if (match.misfits.length > 0) throw new WeightsProblem('fip/weights', misfitMessage(match, path));
  // Only the first network may get a head by the seed.
  if (match.drawn.length > 0 && pointer !== '/start/weights')
    throw new WeightsProblem('fip/weights', headlessMessage(match.drawn, path));
}

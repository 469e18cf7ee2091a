/** Looks into the data files of a spec for hovers. */
import type { DataPreview } from '../engine/data/preview/data-preview';
import { previewData } from '../engine/data/preview/preview-data';
import type { CheckedSpec } from '../spec/check-spec';
import type { FilePlaces } from '../spec/check-files';
import type { Experiment } from '../spec/experiment';
import { valueAt } from '../spec/json-pointer';
import { resolveDataPath } from '../spec/resolve-path';

/** The first samples of a data set, where its entry and its files are sound; of a task, those of the whole entry. */
export async function previewOf(
  { facts, known, resolved }: CheckedSpec,
  name: string,
  places: FilePlaces | undefined,
): Promise<DataPreview | undefined> {
  const source = facts.sources.find((entry) => entry.name === name || entry.tasks.includes(name));
  // Only sound entries whose files may be read are known.
  if (!source || !known.has(name)) return undefined;
  const seed = valueAt(resolved, '/seed');
  return previewData(source.value as unknown as Experiment['data'][string], {
    name: source.name,
    seed: typeof seed === 'number' ? seed : 0,
    resolvePath: (path) => (places ? resolveDataPath(path, places) : path),
  });
}

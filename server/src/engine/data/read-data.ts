import type { Data } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import { readCifar } from './cifar';
import { readCsv } from './csv';
import type { DataSet } from './data-set';
import { readGlyphs } from './glyphs';
import { readIdx } from './idx';
import { DataProblem } from './inspect/data-problem';
import { prepare } from './prepare';
import type { DataReader, ReadContext } from './raw-data';
import { readText } from './text';

export type { DataSet, DataWarning, Samples } from './data-set';
export { featureCount } from './data-set';

/** One reader a format; a new format is one file and one line here. */
const readers: { [F in Data['format']]: DataReader<Extract<Data, { format: F }>> } = {
  glyphs: readGlyphs,
  idx: readIdx,
  cifar: readCifar,
  csv: readCsv,
  text: readText,
};

/**
 * Reads a data set, splits it, and normalises its inputs. Equal spec, seed and files give equal bits.
 * @param name name of the data set in the spec
 * @throws EngineError with a pointer to the key of the spec that the trouble is about, such as `/data/digits/images`
 */
export function readData(
  name: string,
  data: Data,
  context: Pick<ReadContext, 'seed' | 'resolvePath'>,
): DataSet {
  const reader = readers[data.format] as DataReader<Data>;
  const resolvePath = (path: string) => context.resolvePath(path);
  const entry = `/data/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  try {
    const raw = reader(data, { name, seed: context.seed, resolvePath });
    const set = prepare(name, data, raw, context.seed);
    const warnings = set.warnings.map(({ pointer, ...warning }) => ({
      ...warning,
      pointer: entry + pointer,
    }));
    return { ...set, warnings };
  } catch (error) {
    if (!(error instanceof DataProblem)) throw error;
    throw new EngineError(error.code, error.message, entry + error.pointer);
  }
}

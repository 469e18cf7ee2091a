/** What the editor may know of data sets while the user types: headers and first rows, never all samples. */
import type { Data } from '../../../spec/experiment';
import type { DataFacts, DataFinding, Inspection, Inspector } from './data-finding';
import { inspectCifar } from './inspect-cifar';
import { inspectCsv } from './inspect-csv';
import { inspectGlyphs } from './inspect-glyphs';
import { inspectIdx } from './inspect-idx';
import { inspectText } from './inspect-text';

const inspectors: { [F in Data['format']]: Inspector<Extract<Data, { format: F }>> } = {
  glyphs: inspectGlyphs,
  idx: inspectIdx,
  cifar: inspectCifar,
  csv: inspectCsv,
  text: inspectText,
};

/**
 * What is wrong with the files of a data set, as far as their headers and first rows tell. Never rejects.
 * @param resolve gives the place of a path that stands in the spec
 */
export async function inspectData(
  data: Data,
  resolve: (path: string) => string,
): Promise<DataFinding[]> {
  return (await inspect(data, resolve)).findings;
}

/** What is known of a data set; nothing where its files are not sound. Never rejects. */
export async function dataFacts(
  data: Data,
  resolve: (path: string) => string,
): Promise<DataFacts | undefined> {
  const { findings, facts } = await inspect(data, resolve);
  return findings.some(({ severity }) => severity === 'error') ? undefined : facts;
}

function inspect(data: Data, resolve: (path: string) => string): Promise<Inspection> {
  const inspector = inspectors[data.format] as Inspector<Data>;
  return inspector(data, resolve);
}

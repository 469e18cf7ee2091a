/** How the checks look at data files without reading their samples. */
import { dataFacts, inspectData } from '../engine/data/inspect/inspect-data';
import type { DataFacts, DataFinding } from '../engine/data/inspect/data-finding';
import type { Data } from './experiment';

/** What the headers of a data set's files tell. */
export type DataKnowledge = DataFacts;

export interface DataInspector {
  inspectData(
    data: Data,
    resolve: (path: string) => string,
  ): Promise<(Omit<DataFinding, 'code'> & { code: string })[]>;
  dataFacts(data: Data, resolve: (path: string) => string): Promise<DataKnowledge | undefined>;
}

/** Looks at the real files. */
export const dataFiles: DataInspector = { inspectData, dataFacts };

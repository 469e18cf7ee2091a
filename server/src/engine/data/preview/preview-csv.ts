import type { CsvData } from '../../../spec/experiment';
import { readNumber } from '../inspect/csv-cells';
import { csvFacts, firstSamples } from '../inspect/csv-facts';
import type { DataFile } from '../inspect/data-file';
import { countLabels, spreadOf } from './data-preview';
import type { Previewer } from './data-preview';

/** Columns that anybody reads in a hover. */
const SHOWN = 8;

/** The first rows of the training table. */
export const previewCsv: Previewer<CsvData> = async (data, { resolvePath }) => {
  const file: DataFile = { path: data.file, pointer: '/file', location: resolvePath(data.file) };
  const { columns } = await csvFacts(data, file);
  const rows = (await firstSamples(data, file)).map(({ cells }) => cells);
  const inputs = Array.from({ length: columns.width }, (_, column) => column)
    .filter((column) => column !== columns.label)
    .slice(0, SHOWN);
  return {
    looked: rows.length,
    classes: countLabels(rows.map((cells) => cells[columns.label]?.trim() ?? '')),
    columns: inputs.map((column) => ({
      name: columns.names?.[column] ?? `column ${column}`,
      ...spreadOf(rows.map((cells) => readNumber(cells[column] ?? ''))),
    })),
  };
};

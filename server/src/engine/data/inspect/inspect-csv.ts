import type { CsvData } from '../../../spec/experiment';
import { csvFacts } from './csv-facts';
import type { CsvFacts } from './csv-facts';
import { checkSameWidth } from './csv-width';
import type { DataFile } from './data-file';
import type { DataFacts, DataFinding, Inspector } from './data-finding';
import { gather, lookAt } from './gather-findings';
import { limitFinding } from './limit-finding';
import { splitCounts } from './split-counts';

/** Samples in each split, as far as they are known. */
interface Counts {
  train?: number | undefined;
  test?: number | undefined;
}

/** Looks at the first rows of the tables. */
export const inspectCsv: Inspector<CsvData> = async (data, resolve) => {
  const findings: DataFinding[] = [];
  const file = { path: data.file, pointer: '/file', location: resolve(data.file) };
  const train = await lookAt(file, findings, () => csvFacts(data, file));
  if (train?.numericNames) findings.push(numericNames(file));
  const test = await inspectTest(data, train, resolve, findings);
  if (!train || (data.test !== undefined && !test)) return { findings, facts: {} };
  const counts = gather(findings, () => countSamples(data, train, test, file)) ?? {};
  findings.push(...limitFinding(data.limit, counts.train ?? Infinity));
  return { findings, facts: { ...describe(data, train, test), ...cutCounts(data, counts) } };
};

async function inspectTest(
  data: CsvData,
  train: CsvFacts | undefined,
  resolve: (path: string) => string,
  findings: DataFinding[],
): Promise<CsvFacts | undefined> {
  if (data.test === undefined) return undefined;
  const file = { path: data.test, pointer: '/test', location: resolve(data.test) };
  return lookAt(file, findings, async () => {
    const test = await csvFacts(data, file);
    if (train) checkSameWidth(train.columns, test.columns, file);
    return test;
  });
}

/** Numbers of samples in each split; nothing of a table that is too long to have been counted. */
function countSamples(
  data: CsvData,
  train: CsvFacts,
  test: CsvFacts | undefined,
  file: DataFile,
): Counts {
  if (test) return { train: train.count, test: test.count };
  return train.count === undefined ? {} : splitCounts(train.count, data.test_fraction, file);
}

function cutCounts({ limit = Infinity }: CsvData, { train, test }: Counts): DataFacts {
  return {
    ...(train === undefined ? {} : { trainCount: Math.min(train, limit) }),
    ...(test === undefined ? {} : { testCount: test }),
  };
}

function describe(data: CsvData, train: CsvFacts, test: CsvFacts | undefined): DataFacts {
  const largest = Math.max(train.largestLabel, test?.largestLabel ?? 0);
  return { inputShape: [train.columns.width - 1], largestLabel: largest + data.label_offset };
}

function numericNames({ path }: DataFile): DataFinding {
  const message = `The first row of \`${path}\` is read as names of columns, but it holds only numbers. Write \`header: false\` if it is a sample.`;
  return { pointer: '/header', code: 'fip/data-column', message, severity: 'warning' };
}

import type { CifarData } from '../../../spec/experiment';
import { cifarFacts, type CifarFacts } from './cifar-facts';
import { cifarFiles } from './cifar-files';
import { CIFAR_SHAPE, cifarRecord, type CifarRecord } from './cifar-records';
import type { DataFile } from './data-file';
import type { DataFacts, DataFinding, Inspector } from './data-finding';
import { gather, lookAt } from './gather-findings';
import { limitFinding } from './limit-finding';
import { splitCounts, type SplitCounts } from './split-counts';

/** Looks at the size of all files and at their labels. */
export const inspectCifar: Inspector<CifarData> = async (data, resolve) => {
  const findings: DataFinding[] = [];
  const record = cifarRecord(data.labels);
  const files = cifarFiles(data.files, '', resolve);
  const train = await inspectFiles(files, record, findings);
  const test =
    data.test &&
    (await inspectFiles(cifarFiles(data.test.files, '/test', resolve), record, findings));
  if (!train || (data.test && !test)) return { findings, facts: {} };
  const split = gather(findings, () => countSamples(data, train, test, files[0]!));
  if (findings.length > 0) return { findings, facts: {} };
  if (split) findings.push(...limitFinding(data.limit, split.train));
  return { findings, facts: describe(data, record, [train, ...(test ? [test] : [])], split) };
};

/** What all files together hold; nothing where one is not sound. */
async function inspectFiles(
  files: readonly DataFile[],
  record: CifarRecord,
  findings: DataFinding[],
): Promise<CifarFacts | undefined> {
  const all: CifarFacts[] = [];
  for (const file of files) {
    const facts = await lookAt(file, findings, () => cifarFacts(file, record));
    if (facts) all.push(facts);
  }
  if (all.length < files.length) return undefined;
  const count = all.reduce((sum, facts) => sum + (facts.count ?? NaN), 0);
  const classes =
    all.every((facts) => facts.classes) && all.flatMap((facts) => facts.classes ?? []);
  return { ...(!Number.isNaN(count) && { count }), ...(classes && { classes }) };
}

/** Nothing where a file was too large to count. */
function countSamples(
  data: CifarData,
  { count }: CifarFacts,
  test: CifarFacts | undefined,
  first: DataFile,
): SplitCounts | undefined {
  if (count === undefined) return undefined;
  if (!test) return splitCounts(count, data.test_fraction, first);
  return test.count === undefined ? undefined : { train: count, test: test.count };
}

function describe(
  data: CifarData,
  record: CifarRecord,
  parts: readonly CifarFacts[],
  split: SplitCounts | undefined,
): DataFacts {
  const isKnown = parts.every(({ classes }) => classes);
  const classes = [...new Set(parts.flatMap((part) => part.classes ?? []))].sort((a, b) => a - b);
  return {
    ...(split && {
      trainCount: Math.min(split.train, data.limit ?? Infinity),
      testCount: split.test,
    }),
    inputShape: [...CIFAR_SHAPE],
    largestLabel: record.classes - 1 + data.label_offset,
    ...(isKnown && { classes }),
  };
}

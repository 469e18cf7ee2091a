import type { IdxData } from '../../../spec/experiment';
import type { DataFile } from './data-file';
import type { DataFacts, DataFinding, Inspector } from './data-finding';
import { gather, lookAt } from './gather-findings';
import { idxClasses, idxFacts } from './idx-facts';
import { checkIdxPair, checkIdxTest } from './idx-pair';
import type { IdxPair } from './idx-pair';
import { limitFinding } from './limit-finding';
import { splitCounts } from './split-counts';
import type { SplitCounts } from './split-counts';

interface InspectedPair extends IdxPair {
  classes: number[] | undefined;
}

/** Looks at the headers of all files, and at the labels themselves. */
export const inspectIdx: Inspector<IdxData> = async (data, resolve) => {
  const findings: DataFinding[] = [];
  const train = await inspectPair(data, '', resolve, findings);
  const test = data.test && (await inspectPair(data.test, '/test', resolve, findings));
  if (train && test) gather(findings, () => checkIdxTest(train, test));
  if (!train || (data.test && !test)) return { findings, facts: {} };
  const split = gather(findings, () => countSamples(data, train, test));
  if (!split) return { findings, facts: {} };
  findings.push(...limitFinding(data.limit, split.train));
  return { findings, facts: describe(data, train, test, split) };
};

async function inspectPair(
  paths: { images: string; labels: string },
  parent: string,
  resolve: (path: string) => string,
  findings: DataFinding[],
): Promise<InspectedPair | undefined> {
  const imagesFile = fileOf(paths.images, `${parent}/images`, resolve);
  const labelsFile = fileOf(paths.labels, `${parent}/labels`, resolve);
  const images = await lookAt(imagesFile, findings, () => idxFacts(imagesFile, 'images'));
  const labels = await lookAt(labelsFile, findings, () => idxFacts(labelsFile, 'labels'));
  if (!images || !labels) return undefined;
  const pair = { imagesFile, labelsFile, images, labels };
  const before = findings.length;
  gather(findings, () => checkIdxPair(pair));
  const classes = await lookAt(labelsFile, findings, () => idxClasses(labelsFile, labels));
  return findings.length === before ? { ...pair, classes } : undefined;
}

function fileOf(path: string, pointer: string, resolve: (path: string) => string): DataFile {
  return { path, pointer, location: resolve(path) };
}

function countSamples(
  data: IdxData,
  train: InspectedPair,
  test: InspectedPair | undefined,
): SplitCounts {
  if (test) return { train: train.images.count, test: test.images.count };
  return splitCounts(train.images.count, data.test_fraction, train.imagesFile);
}

function describe(
  data: IdxData,
  train: InspectedPair,
  test: InspectedPair | undefined,
  split: SplitCounts,
): DataFacts {
  const found = test ? [train.classes, test.classes] : [train.classes];
  const classes = [...new Set(found.flatMap((part) => part ?? []))].sort((a, b) => a - b);
  const isKnown = !found.includes(undefined);
  return {
    trainCount: Math.min(split.train, data.limit ?? Infinity),
    testCount: split.test,
    inputShape: train.images.shape,
    ...(isKnown && { largestLabel: Math.max(0, ...classes) + data.label_offset, classes }),
  };
}

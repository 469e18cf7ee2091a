import { stat } from 'node:fs/promises';
import { checkedLabel, CIFAR_START, countRecords, type CifarRecord } from './cifar-records';
import type { DataFile } from './data-file';
import { FileCache } from './file-cache';
import { readChunks, readStart } from './read-start';

const inspected = new FileCache();

/** Files up to this size are read through, once until they change, for the labels that occur; a CIFAR-100 has 154 MB. */
const BYTES_TO_READ = 2 ** 28;

/** What is known of a file without keeping it. */
export interface CifarFacts {
  /** Records; nothing for a packed file that is too large to unpack while the user types. */
  count?: number;
  /** The labels that occur; nothing for a file too large to read while the user types. */
  classes?: readonly number[];
}

/**
 * What a file of records holds.
 * @throws DataProblem where it is not sound; errors of the file system as they come
 */
export function cifarFacts(file: DataFile, record: CifarRecord): Promise<CifarFacts> {
  const topic = `${record.dataSet} ${record.label} ${file.path} ${file.pointer}`;
  return inspected.get(topic, file.location, async () => {
    const { bytes: start, compressed } = await readStart(file, CIFAR_START);
    const { size } = await stat(file.location);
    if (size <= BYTES_TO_READ) return readThrough(file, start, record);
    return compressed ? {} : { count: countRecords(size, start, record, file) };
  });
}

async function readThrough(
  file: DataFile,
  start: Uint8Array,
  record: CifarRecord,
): Promise<CifarFacts> {
  // What is no such file is told by its first bytes, before labels are looked for in it.
  countRecords(record.size, start, record, file);
  const firsts = new Map<number, number>();
  let size = 0;
  for await (const chunk of readChunks(file)) {
    const into = (size - record.label + record.size) % record.size;
    const first = into === 0 ? 0 : record.size - into;
    for (let at = first; at < chunk.length; at += record.size) {
      const label = chunk[at]!;
      if (!firsts.has(label)) firsts.set(label, (size + at - record.label) / record.size);
    }
    size += chunk.length;
    if (size > BYTES_TO_READ) return {};
  }
  const count = countRecords(size, start, record, file);
  for (const [label, number] of firsts) checkedLabel(label, number, record, file);
  return { count, classes: [...firsts.keys()].sort((a, b) => a - b) };
}

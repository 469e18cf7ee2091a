/** How many samples a run takes derivatives on at once, and the memory that this needs at the least. */
import type { NetworkFacts } from '../engine/network/describe-network';
import { leastBytesOf } from '../engine/network/least-bytes';
import { isRecord } from './schema-node';
import type { DataKnowledge } from './data-inspector';
import type { LegFact, SpecFacts } from './spec-facts';

export interface MemoryNeed {
  /** The key that sets the number of samples, as a pointer. */
  pointer: string;
  samples: number;
  /** Bytes, at the least. */
  bytes: number;
}

interface Known {
  facts: SpecFacts;
  known: ReadonlyMap<string, DataKnowledge>;
  network?: NetworkFacts;
}

/** What training and each leg need, where it is known for sure. */
export function memoryNeeds({ facts, known, network }: Known): MemoryNeed[] {
  if (!network) return [];
  const need = (pointer: string, wanted: unknown, most: number | undefined): MemoryNeed[] => {
    if (typeof wanted !== 'number' || most === undefined) return [];
    const samples = Math.min(wanted, most);
    return [{ pointer, samples, bytes: leastBytesOf(network, samples) }];
  };
  const countOf = (name: unknown) => known.get(String(name))?.trainCount;
  const { training } = facts;
  const start = training
    ? need('/start/train/batch_size', training['batch_size'], countOf(training['on']))
    : [];
  const legs = facts.legs.flatMap(({ pointer, solver, objective, ...leg }) => [
    ...need(`${pointer}/solver/samples`, solver['samples'], mostDrawn(leg, countOf)),
    ...batches(leg).flatMap((name) =>
      need(`${pointer}/objective/batch_size`, objective['batch_size'], countOf(name)),
    ),
  ]);
  return [...start, ...legs];
}

const batches = ({ learnt }: Pick<LegFact, 'learnt'>) => learnt.slice(0, 1).map(({ name }) => name);

/** Samples that a step can draw at most; undefined where only a reading would tell. */
function mostDrawn(
  { keep, kept }: Pick<LegFact, 'keep' | 'kept'>,
  countOf: (name: string) => number | undefined,
): number | undefined {
  if (keep['augment'] !== undefined || keep['pool'] !== undefined) return Infinity;
  if (isRecord(keep['memory'])) return undefined;
  const counts = kept.map(({ name }) => countOf(name) ?? NaN);
  const there = counts.reduce((sum, count) => sum + count, 0);
  const most = typeof keep['memory'] === 'number' ? Math.min(keep['memory'], there) : there;
  return Number.isNaN(most) ? undefined : most;
}

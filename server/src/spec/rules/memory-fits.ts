/** Derivatives on the samples of a step fit in the memory that there is. */
import { leastBytesOf } from '../../engine/network/least-bytes';
import { WASM_BUDGET_BYTES } from '../../protocol/backend-memory';
import { lastSegment } from '../json-pointer';
import { memoryNeeds } from '../memory-needs';
import type { MemoryNeed } from '../memory-needs';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import { bytesText } from '../words';
import type { Rule, RuleContext } from './rule';

/** One finding for each place: the key that sets the number where it is written, else what it is a default of. */
export const memoryFits: Rule = (context) => {
  const limit = limitOf(context);
  if (!limit) return [];
  return memoryNeeds(context)
    .filter(({ bytes }) => bytes > limit.bytes)
    .map((need) => tooLarge(context, need, limit));
};

interface Limit {
  bytes: number;
  /** What has it, at the start of a clause. */
  owner: string;
  /** Whether it is the same on every machine that the spec may run on. */
  isSure: boolean;
}

/** How much a graphics card holds is not known before it is asked. */
function limitOf({ facts: { backend }, machineBytes }: RuleContext): Limit | undefined {
  if (backend === 'wasm')
    return { bytes: WASM_BUDGET_BYTES, owner: 'the wasm backend has', isSure: true };
  if (backend === 'webgpu' || machineBytes === undefined) return undefined;
  return { bytes: machineBytes, owner: 'this machine has', isSure: false };
}

function tooLarge(
  { document, network }: RuleContext,
  { pointer, samples, bytes }: MemoryNeed,
  limit: Limit,
): SpecDiagnostic {
  const weights = network ? leastBytesOf(network, 0) : 0;
  const most = Math.floor(((limit.bytes - weights) / (bytes - weights)) * samples);
  const key = `\`${lastSegment(pointer)}\``;
  const remedy =
    most >= 1
      ? `Lower ${key} to ${most.toLocaleString('en')} or less, or use a smaller network.`
      : 'Use a smaller network.';
  const message = `Derivatives on ${samples.toLocaleString('en')} samples need ${bytesText(bytes)} at least, and ${limit.owner} ${bytesText(limit.bytes)}. ${remedy}`;
  const range = document.has(pointer)
    ? document.rangeOf(pointer)
    : document.rangeOf(pointer.slice(0, pointer.lastIndexOf('/')), 'key');
  const severity = limit.isSure ? 'error' : 'warning';
  return specError('fip/out-of-memory', range, message, { severity });
}

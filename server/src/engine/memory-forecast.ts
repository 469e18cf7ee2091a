import type { Leg } from '../spec/experiment';
import { EngineError } from './engine-error';
import { ATTACKED_TOGETHER } from './metrics/measure-attack';
import { layerOutputsOf } from './network/describe-network';
import { leastBytesOf } from './network/least-bytes';
import type { Network } from './network/network';
import { drawMemory } from './path/keep/draw-memory';
import { partSamples } from './path/keep/pool';
import { pathsOf } from './path/leg-steps';
import { learntBy, plannedLegs } from './path/planned-legs';
import type { RunContext } from './run-context';

const GIB = 2 ** 30;

/** Bytes that derivatives on so many samples hold at once, at the least. */
export function leastBytes({ layout, nodes }: Network, samples: number): number {
  return leastBytesOf({ weights: layout.size, layerOutputs: layerOutputsOf(nodes) }, samples);
}

/** Bytes that gradients of several networks by so many inputs hold at once, at the least: weights and layers' outputs. */
export function leastAttackBytes(network: Network, samples: number, networks: number): number {
  return (
    Float32Array.BYTES_PER_ELEMENT *
    networks *
    (network.layout.size + samples * layerOutputsOf(network.nodes))
  );
}

/** A number of samples that a run takes derivatives on at once, and the key that sets it. */
interface Batch {
  samples: number;
  pointer: string;
  key: string;
  /** Networks that are attacked together; absent where one is differentiated by its weights. */
  attacked?: number;
}

/**
 * Holds the batches of an experiment against the memory of the backend, before anything is computed.
 * @throws EngineError `fip/out-of-memory` for the first batch that can impossibly fit, with the most samples that might
 */
export function checkMemory(context: RunContext): void {
  for (const batch of batchesOf(context)) checkBatch(batch, context);
}

function batchesOf(context: RunContext): Batch[] {
  const { experiment, dataSets } = context;
  const countOf = (name: string) => dataSets.get(name)?.train.count ?? 0;
  const batch = (samples: number, most: number, pointer: string): Batch => {
    const key = pointer.slice(pointer.lastIndexOf('/') + 1);
    return { samples: Math.min(samples, most), pointer, key };
  };
  const { train } = experiment.start;
  const legs = plannedLegs(experiment).flatMap(({ leg, index }) => {
    const { samples } = leg.solver;
    const kept = batch(samples, drawn(leg, context), `/path/${index}/solver/samples`);
    const { objective } = leg;
    if (objective.type !== 'learn' && objective.type !== 'fit') return [kept];
    const pointer = `/path/${index}/objective/batch_size`;
    return [kept, batch(objective.batch_size, countOf(learntBy(leg) ?? ''), pointer)];
  });
  const spectrum = experiment.measure?.spectrum;
  if (spectrum) {
    const names = spectrum.on === undefined ? [...dataSets.keys()] : [spectrum.on];
    const available = names.reduce((sum, name) => sum + countOf(name), 0);
    legs.push(batch(spectrum.samples, available, '/measure/spectrum/samples'));
  }
  legs.push(...attackBatches(context));
  if (!train) return legs;
  return [batch(train.batch_size, countOf(train.on), '/start/train/batch_size'), ...legs];
}

/** An ensemble is attacked by the derivatives of all its members at once. */
function attackBatches({ experiment, dataSets }: RunContext): Batch[] {
  const { attack } = experiment.measure ?? {};
  if (!attack) return [];
  const images = dataSets.get(attack.on)?.test.count ?? 0;
  return [
    {
      ...{ pointer: '/measure/attack/samples', key: 'samples' },
      samples: Math.min(attack.samples, images, ATTACKED_TOGETHER),
      attacked: Math.max(1, ...experiment.path.map((leg) => pathsOf(leg))),
    },
  ];
}

/** Samples that a step draws. */
function drawn(leg: Leg, { experiment, dataSets }: RunContext): number {
  const setsOf = (names: string | string[] = []) =>
    [names].flat().flatMap((name) => dataSets.get(name) ?? []);
  const memory = drawMemory(leg, setsOf(leg.keep.on), experiment.seed);
  const available = {
    memory: memory.reduce((sum, { indices }) => sum + indices.length, 0),
    pool: setsOf(leg.keep.pool?.on).reduce((sum, { train }) => sum + train.count, 0),
    repeat: leg.keep.augment !== undefined,
  };
  const parts = partSamples(leg.solver.samples, leg.keep.pool?.share ?? 0, available);
  return parts.memory + parts.pool;
}

function checkBatch(
  { samples, pointer, key, attacked }: Batch,
  { network, backend }: RunContext,
): void {
  const bytes = (count: number) =>
    attacked === undefined
      ? leastBytes(network, count)
      : leastAttackBytes(network, count, attacked);
  const need = bytes(samples);
  const { memoryBytes } = backend;
  if (need <= memoryBytes) return;
  const weights = bytes(0);
  const most = Math.floor(((memoryBytes - weights) / (need - weights)) * samples);
  const remedy =
    most >= 1
      ? `Lower \`${key}\` to ${most.toLocaleString('en')} or less, or use a smaller network or another backend.`
      : 'Use a smaller network or another backend.';
  throw new EngineError(
    'fip/out-of-memory',
    `Derivatives ${attacked !== undefined && attacked > 1 ? `of ${attacked} networks ` : ''}on ${samples.toLocaleString('en')} samples need ${gib(need)} at least, and the ${backend.name} ` +
      `backend has ${gib(memoryBytes)}. ${remedy}`,
    pointer,
  );
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toPrecision(2)} GiB`;
}

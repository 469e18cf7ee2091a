/** Whether shapes flow through the network, and what there is to know of it before a run. */
import { describeNetwork, type NetworkFacts } from '../engine/network/describe-network';
import { ShapeError } from '../engine/network/layers/layer';
import type { DataKnowledge } from './data-inspector';
import type { Model } from './experiment';
import { asksForIt } from './published-model';
import { isRecord } from './schema-node';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';
import type { SpecFacts } from './spec-facts';

export interface CheckedNetwork {
  network?: NetworkFacts;
  diagnostics: SpecDiagnostic[];
}

/**
 * Builds the network on the shape of the first data set in use, as far as model and shape are known.
 * @param image what a published network reads
 */
export function checkNetwork(
  document: SpecDocument,
  resolved: unknown,
  facts: SpecFacts,
  known: ReadonlyMap<string, DataKnowledge>,
  image?: readonly number[],
): CheckedNetwork {
  const model = isRecord(resolved) ? (resolved['model'] as Model) : undefined;
  const name = facts.uses.map((use) => use.name).find((used) => known.get(used)?.inputShape);
  const shape = name === undefined ? undefined : known.get(name)?.inputShape;
  if (!model || name === undefined || !shape || asksForIt(resolved)) return { diagnostics: [] };
  if (image && !isImageOf(image, shape))
    return { diagnostics: [otherImage(document, image, name, shape)] };
  try {
    return { network: describeNetwork(model, shape), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return { diagnostics: [misfit(document, error, name, shape)] };
  }
}

/** Samples without channels have one. */
const isImageOf = (image: readonly number[], shape: readonly number[]) =>
  image.join() === [...shape, ...(shape.length === 2 ? [1] : [])].join();

function otherImage(
  document: SpecDocument,
  image: readonly number[],
  data: string,
  shape: readonly number[],
): SpecDiagnostic {
  const message = `The network of \`start.weights\` reads images of ${image.join(' x ')}, and those of \`${data}\` are ${shape.join(' x ')}. Use images of that size, or another network.`;
  return specError('fip/shape-mismatch', document.rangeOf('/model/architecture'), message);
}

function misfit(
  document: SpecDocument,
  error: ShapeError,
  data: string,
  shape: readonly number[],
): SpecDiagnostic {
  const part = error.layer === undefined ? '/model/architecture' : `/model/layers/${error.layer}`;
  const message = `This network cannot be built on \`${data}\` (${shape.join(' x ')}): ${error.message}.`;
  return specError('fip/shape-mismatch', document.rangeOf(part), message);
}

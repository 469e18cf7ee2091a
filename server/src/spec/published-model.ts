/** Puts the network in the place of `architecture: pretrained` that the folder of `start.weights` describes. */
import { join } from 'node:path';
import { findWeights, kindOf, readJson } from '../engine/network/find-weights';
import { publishedModel } from '../engine/network/published-model';
import { WeightsProblem } from '../engine/network/weights-problem';
import { readable } from './check-files';
import type { FilePlaces } from './check-files';
import { valueAt } from './json-pointer';
import { isRecord } from './schema-node';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';

export interface WithModel {
  /** The spec's value, with the published model where there is one. */
  resolved: unknown;
  /** The images that the published network reads, [height, width, channels]. */
  image?: readonly number[];
  diagnostics: SpecDiagnostic[];
}

/** Reads the `config.json`, where a spec asks for it and names a folder that is there; other trouble is for other checks. */
export function withPublishedModel(
  document: SpecDocument,
  resolved: unknown,
  places: FilePlaces | undefined,
): WithModel {
  const none = { resolved, diagnostics: [] };
  const classes = valueAt(resolved, '/model/classes');
  if (!asksForIt(resolved) || !isRecord(resolved) || typeof classes !== 'number') return none;
  const path = valueAt(resolved, '/start/weights');
  if (typeof path !== 'string') return { ...none, diagnostics: trained(document, resolved) };
  if (!places) return { ...none, diagnostics: unsaved(document) };
  const location = readable(path, places);
  if (location === undefined || kindOf(location) === undefined) return none;
  try {
    const { folder } = findWeights(location, path);
    const isFolder = kindOf(location) === 'folder';
    const config = isFolder ? `${path.replace(/\/+$/, '')}/config.json` : 'config.json';
    const found = publishedModel(readJson(join(folder, 'config.json')), config, classes);
    const { model, image } = found;
    return { resolved: { ...resolved, model }, ...(image && { image }), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof WeightsProblem)) throw error;
    if (error.code !== 'fip/pretrained') return none;
    const range = document.rangeOf('/start/weights');
    return { ...none, diagnostics: [specError(error.code, range, error.message)] };
  }
}

/** Whether a spec leaves the model to a folder. */
export function asksForIt(resolved: unknown): boolean {
  return valueAt(resolved, '/model/architecture') === 'pretrained';
}

function unsaved(document: SpecDocument): SpecDiagnostic[] {
  const message =
    'Where these weights lie is known once the spec is saved: their path is relative to its folder or the data root. Save it.';
  return [specError('fip/pretrained', document.rangeOf('/start/weights'), message)];
}

function trained(document: SpecDocument, resolved: unknown): SpecDiagnostic[] {
  if (!isRecord(valueAt(resolved, '/start/train'))) return [];
  const message =
    '`pretrained` is the network of a published folder. Name that: write `weights: DIR` beside `train`, which then ' +
    'goes on from there.';
  return [specError('fip/pretrained', document.rangeOf('/model/architecture'), message)];
}

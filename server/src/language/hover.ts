/** What an editor shows when the pointer rests on a key or a value. */
import type { Hover } from 'vscode-languageserver';
import type { CheckedSpec } from '../spec/check-spec';
import { lastSegment, parentPointer, pointerSegments, valueAt } from '../spec/json-pointer';
import { isRecord, schemaAt, variantsOf } from '../spec/schema-node';
import type { CursorPlace } from '../spec/spec-document';
import type { DoctorReport } from '../protocol/generated';
import { backendDocs } from './backend-docs';
import { baselineMetrics } from './baseline-metrics';
import { legEstimate, trainingEstimate } from './estimate-docs';
import { dataDocs } from './data-docs';
import { outcomeOf } from './expectation-outcome';
import type { LatestRun } from './latest-run';
import { legMetrics } from './leg-metrics';
import { layerDocs, modelDocs } from './model-docs';
import type { ShownPreview } from './preview-docs';
import { pcaWords } from './pca-hover';
import { resultsLink } from './results-link';
import { keyDocs, variantDocs } from './schema-docs';
import { attackTable } from './attack-hover';
import { spectrumTable } from './spectrum-hover';

export interface HoverExtras {
  /** The first samples of the data set at the offset (see `dataAt`). */
  preview?: ShownPreview | undefined;
  /** What the backends of this machine say, for a hover on `backend`. */
  backends?: DoctorReport | undefined;
  /** Whether links in hovers can run commands. */
  runsCommands?: boolean;
}

/**
 * The hover at an offset of a spec, with what the latest run measured; null where there is nothing to say.
 * @param extras what not every hover has
 */
export function hover(
  checked: CheckedSpec,
  offset: number,
  run?: LatestRun,
  extras: HoverExtras = {},
): Hover | null {
  const { document } = checked;
  const place = document.pointerAt(offset);
  if (!place || place.pointer === '') return null;
  if (!place.isKey && document.isCollection(place.pointer)) return null;
  const parts = [
    ...runParts(checked, place, run, extras),
    ...specParts(checked, place, run, extras),
  ];
  if (parts.length === 0) return null;
  const range = document.rangeOf(place.pointer, place.isKey ? 'key' : 'value');
  return { contents: { kind: 'markdown', value: parts.join('\n\n---\n\n') }, range };
}

/** What the run measured at this place. */
function runParts(
  checked: CheckedSpec,
  place: CursorPlace,
  run: LatestRun | undefined,
  { runsCommands }: HoverExtras,
): string[] {
  const measured = run ? measuredParts(checked, place, run) : [];
  const link = run && runsCommands ? resultsLink(run, checked.document.uri) : '';
  return measured.map((part) => (link ? `${part}\n\n${link}` : part));
}

function measuredParts({ facts }: CheckedSpec, { pointer }: CursorPlace, run: LatestRun): string[] {
  const [section, index, key] = pointerSegments(pointer);
  if (section === 'path' && (key === undefined || key === 'leg'))
    return keep(legMetrics(run, facts.legs[Number(index)]?.name));
  const baseline = section === 'compare' ? facts.baselines[Number(index)] : undefined;
  if (baseline && (key === undefined || key === 'type' || key === 'name'))
    return keep(baselineMetrics(run, baseline.name));
  if (section === 'measure' && index === 'attack' && key === undefined)
    return keep(attackTable(run));
  if (section === 'measure' && index === 'spectrum' && key === undefined)
    return keep(spectrumTable(run));
  if (section === 'measure' && index === 'pca') return keep(pcaWords(run));
  const expectation = section === 'expect' ? facts.expectations[Number(index)] : undefined;
  const outcome = expectation && outcomeOf(expectation, run);
  if (!outcome) return [];
  return [`${outcome.passed ? '✓' : '✗'} ${outcome.message}${run.stale ? ' *(stale)*' : ''}`];
}

/** What the spec and its schema say of this place. */
function specParts(
  checked: CheckedSpec,
  { pointer, isKey }: CursorPlace,
  run: LatestRun | undefined,
  { preview, backends }: HoverExtras,
): string[] {
  const place = schemaAt(pointer, checked.resolved);
  const value = valueAt(checked.resolved, pointer);
  const name = lastSegment(pointer);
  const parts: (string | undefined)[] = [];
  if (parentPointer(pointer) === '/data' && isKey) parts.push(dataDocs(checked, name, preview));
  if (pointer === '/model' || parentPointer(pointer) === '/model') parts.push(modelDocs(checked));
  if (parentPointer(pointer) === '/model/layers') parts.push(layerDocs(checked, Number(name)));
  parts.push(estimate(checked, pointer, run));
  if (pointer === '/backend') parts.push(backendDocs(String(value), backends, run));
  const reference = place?.node['x-ref'];
  if (reference === 'data' && !isKey) parts.push(dataDocs(checked, String(value), preview));
  if (!isKey) parts.push(chosenVariant(checked, pointer, value));
  const short = shortVariant(checked, pointer);
  if (short !== undefined) return [short];
  const key = /^\d+$/.test(name) ? lastSegment(parentPointer(pointer)) : name;
  if (place) parts.push(keyDocs(key, place));
  return parts.flatMap(keep);
}

/** What a run would take: on a leg's name or solver, and on the training at the start. */
function estimate(checked: CheckedSpec, pointer: string, run: LatestRun | undefined) {
  const [section, index, key] = pointerSegments(pointer);
  if (section === 'path' && (key === 'leg' || key === 'solver') && pointer.endsWith(key))
    return legEstimate(checked, Number(index), run);
  return pointer === '/start' || pointer === '/start/train'
    ? trainingEstimate(checked, run)
    : undefined;
}

/** On a value that chooses a variant: what that variant is. */
function chosenVariant(
  { resolved }: CheckedSpec,
  pointer: string,
  value: unknown,
): string | undefined {
  const parent = schemaAt(parentPointer(pointer), resolved);
  const variants = parent && variantsOf(parent.declared);
  if (variants?.key !== lastSegment(pointer)) return undefined;
  const variant = variants.nodes.find(({ name }) => name === value);
  return variant && variantDocs(variant.name, variant.node);
}

/** On a name that stands for a mapping: what the variant of that name is. */
function shortVariant({ document, resolved }: CheckedSpec, pointer: string): string | undefined {
  const written = valueAt(document.value, pointer);
  const place = schemaAt(pointer, resolved);
  if (typeof written !== 'string' || !isRecord(valueAt(resolved, pointer)) || !place)
    return undefined;
  return variantDocs(written, place.node);
}

const keep = (part: string | undefined): string[] => (part ? [part] : []);

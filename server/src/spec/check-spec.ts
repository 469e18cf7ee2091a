/** SpecDocument -> Experiment, or the reasons why not. */
import { totalmem } from 'node:os';
import type { NetworkFacts } from '../engine/network/describe-network';
import { checkFiles } from './check-files';
import type { FilePlaces } from './check-files';
import { checkNetwork, type CheckedNetwork } from './check-network';
import { checkWeights } from './check-weights';
import { deprecatedKeys } from './deprecated-keys';
import type { DataInspector, DataKnowledge } from './data-inspector';
import type { Experiment } from './experiment';
import { asksForIt, withPublishedModel } from './published-model';
import { checkSchema } from './schema';
import { schemaDiagnostics } from './schema-diagnostics';
import { semanticDiagnostics } from './semantic';
import { inTextOrder } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';
import { switched } from './switches';
import type { Levels } from './switches';
import { factsOf } from './spec-facts';
import type { SpecFacts } from './spec-facts';

/** A spec with all that the checks found out. */
export interface CheckedSpec {
  document: SpecDocument;
  /** In the order of the text. */
  diagnostics: SpecDiagnostic[];
  /** The value with defaults filled in, valid or not. */
  resolved: unknown;
  facts: SpecFacts;
  /** What the headers of the data files tell, by data set. */
  known: ReadonlyMap<string, DataKnowledge>;
  /** What there is to know of the network, where its shapes are known and fit. */
  network?: NetworkFacts;
  /** Only where there is no error. */
  experiment?: Experiment;
}

/** More findings than this help nobody. */
const maxDiagnostics = 100;

/** Comes between the parts of a check. It may let others go first, and throws where nobody wants the result any more. */
export type Pause = () => Promise<void>;

/**
 * Checks a spec all the way. `places` is undefined for a spec that has no folder yet; `levels` are the user's.
 * @throws what `pause` throws, and nothing else
 */
export async function checkSpec(
  document: SpecDocument,
  inspector: DataInspector,
  places: FilePlaces | undefined,
  levels?: Levels,
  pause?: Pause,
): Promise<CheckedSpec> {
  await pause?.();
  const { resolved: written, errors } = checkSchema(document.value ?? {});
  const { resolved, image, ...published } = withPublishedModel(document, written, places);
  const facts = factsOf(resolved);
  const none: CheckedSpec = {
    document,
    diagnostics: inTextOrder(document.diagnostics),
    resolved: written,
    facts,
    known: new Map(),
  };
  if (document.value === undefined) return none;
  const invalid = (pointer: string) =>
    errors.some(({ instancePath }) => `${instancePath}/`.startsWith(`${pointer}/`));
  await pause?.();
  const files = await checkFiles(document, resolved, facts, inspector, places, invalid);
  await pause?.();
  const { network, diagnostics: misfits }: CheckedNetwork = invalid('/model')
    ? { diagnostics: [] }
    : checkNetwork(document, resolved, facts, files.known, image);
  const layout = network && { layout: network.layout };
  const weights = await checkWeights({ document, resolved, ...layout }, places, invalid);
  const found = [
    ...schemaDiagnostics(document, errors),
    ...published.diagnostics,
    ...deprecatedKeys(document),
    ...misfits,
    ...weights,
    ...semanticDiagnostics({
      ...{ document, facts, known: files.known, machineBytes: totalmem() },
      ...(network && { network }),
    }),
    ...files.diagnostics,
  ];
  const trusted = document.brokenAt === undefined ? found : beforeBreak(document, found);
  const all = switched(document, [...document.diagnostics, ...trusted], levels);
  const diagnostics = inTextOrder(all).slice(0, maxDiagnostics);
  const isValid =
    errors.length === 0 &&
    !asksForIt(resolved) &&
    !diagnostics.some(({ severity }) => severity === 'error');
  return {
    ...none,
    diagnostics,
    known: files.known,
    ...(network && { network }),
    ...(isValid && { experiment: resolved as Experiment }),
  };
}

/**
 * What the parser made of the text after a YAML error is a guess, so only findings before the broken section count,
 * and of those none that says that something is missing or unused.
 */
function beforeBreak(document: SpecDocument, found: readonly SpecDiagnostic[]): SpecDiagnostic[] {
  const sections = document.pointers().filter((pointer) => pointer.lastIndexOf('/') === 0);
  const starts = sections.map((pointer) => document.spanOf(pointer, 'key')[0]);
  const broken = Math.max(0, ...starts.filter((start) => start <= (document.brokenAt ?? 0)));
  const needsTheRest = ['fip/unused-data', 'fip/unknown-data', 'fip/unknown-leg', 'fip/no-path'];
  return found.filter(({ range, code }) => {
    if (document.offsetAt(range.end) > broken || needsTheRest.includes(code)) return false;
    return code !== 'fip/missing-key' || !coversRootKey(document, range.start.character);
  });
}

/** Findings about the whole spec stand on its first key. */
const coversRootKey = (document: SpecDocument, character: number) =>
  character === document.rangeOf('', 'key').start.character;

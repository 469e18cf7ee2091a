/** Wires hovers, with all that has to be looked up for them, to the requests of the Language Server Protocol. */
import type { Connection } from 'vscode-languageserver';
import { dataAt } from '../language/data-at';
import { hover } from '../language/hover';
import type { HoverExtras } from '../language/hover';
import type { DoctorReport } from '../protocol/generated';
import type { CheckedSpec } from '../spec/check-spec';
import type { Answering } from './answering';
import type { OpenSpecs } from './open-specs';
import { previewOf } from './preview-of';
import type { Safely } from './safely';

export interface HoverSources {
  specs: Pick<OpenSpecs, 'places'>;
  safely: Safely;
  /** Whether hovers may hold images and links that run commands. */
  richHovers(): boolean;
  /** Tries the backends of this machine; undefined where that is not allowed. */
  probe(): Promise<DoctorReport> | undefined;
}

/** Backends come and go with installations and cables; they are tried anew after so long, in milliseconds. */
const HOLDS = 60_000;

/** Registers hovers. What cannot be looked up is left out of them. */
export function offerHovers(
  connection: Connection,
  answering: Answering,
  sources: HoverSources,
): void {
  const { specs, safely } = sources;
  const backends = remembered(() => sources.probe());
  const extrasAt = async (checked: CheckedSpec, offset: number): Promise<HoverExtras> => {
    const { document } = checked;
    const data = dataAt(checked, offset);
    const places = specs.places(document.uri);
    const look = async () => (data === undefined ? undefined : previewOf(checked, data, places));
    const preview = await safely('Preview', undefined, look);
    const isBackend = document.pointerAt(offset)?.pointer === '/backend';
    const withImages = sources.richHovers();
    return {
      runsCommands: withImages,
      ...(preview && { preview: { ...preview, withImages } }),
      ...(isBackend && { backends: await safely('Backends', undefined, () => backends()) }),
    };
  };
  connection.onHover(
    answering('Hover', null, async (checked, { position }, run) => {
      const offset = checked.document.offsetAt(position);
      return hover(checked, offset, run, await extrasAt(checked, offset));
    }),
  );
}

function remembered<Value>(find: () => Promise<Value> | undefined) {
  let known: { at: number; value: Promise<Value> | undefined } | undefined;
  return (): Promise<Value> | undefined => {
    if (!known?.value || Date.now() - known.at > HOLDS) known = { at: Date.now(), value: find() };
    return known.value;
  };
}

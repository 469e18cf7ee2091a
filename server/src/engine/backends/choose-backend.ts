import type { BackendChoice, BackendStatus, DoctorReport } from '../../protocol/generated';
import { EngineError } from '../engine-error';
import type { Backend } from './backend';
import { inEditorRuntime, NODE_REMEDY, OLDEST_NODE } from './editor-runtime';
import { BackendUnavailable, installRemedy } from './missing-backend';
import { selfTest } from './self-test';
import { loadTensorflowBackend } from './tensorflow';
import { loadWasmBackend } from './wasm';
import { loadWebgpuBackend } from './webgpu';

interface BackendEntry {
  name: string;
  load(): Promise<Backend>;
  /** Why it is good, for the sentence that explains a choice. */
  merit: string;
  /** What to do where it does not load. */
  remedy: () => string;
}

/** The backends, best first. `auto` takes the first one that loads and is not emulated. */
const BACKENDS: readonly BackendEntry[] = [
  {
    name: 'webgpu',
    load: loadWebgpuBackend,
    merit: 'a graphics card is there and is the fastest',
    remedy: () => installRemedy('webgpu'),
  },
  {
    name: 'tensorflow',
    load: loadTensorflowBackend,
    merit: 'TensorFlow is installed and is the fastest on a CPU',
    remedy: () => installRemedy('tensorflow'),
  },
  {
    name: 'wasm',
    load: loadWasmBackend,
    merit: 'WebAssembly is embedded and needs nothing',
    remedy: () => `Run FIP Lab with Node.js ${OLDEST_NODE} or newer.`,
  },
];

/** A backend that is ready, and why it is this one. */
export interface ChosenBackend {
  backend: Backend;
  choice: BackendChoice;
}

/**
 * Starts the wanted backend, or for `auto` the best that loads.
 * @throws EngineError `fip/backend-unavailable` where it does not load
 */
export async function chooseBackend(wanted: string): Promise<ChosenBackend> {
  return wanted === 'auto' ? chooseBest() : chooseNamed(wanted);
}

async function chooseBest(): Promise<ChosenBackend> {
  const notes: Note[] = [];
  for (const entry of BACKENDS) {
    const { backend, error } = await tryLoad(entry);
    if (backend && !backend.software) return chosen(backend, reasonFor(entry, notes));
    notes.push({ name: entry.name, text: backend ? emulated(backend) : error });
  }
  throw new EngineError(
    'fip/backend-unavailable',
    `No backend could be started (${listed(notes).join('; ')}).`,
    '/backend',
  );
}

/** Why a backend was passed over. */
interface Note {
  name: string;
  text: string;
}

function reasonFor({ merit }: BackendEntry, notes: readonly Note[]): string {
  const remedy = inEditorRuntime() ? ` ${NODE_REMEDY}` : '';
  return `${[merit, ...listed(notes)].join('; ')}.${remedy}`;
}

function listed(notes: readonly Note[]): string[] {
  return notes.map(({ name, text }, i) =>
    text === notes[i - 1]?.text ? `${name} likewise` : `${name}: ${text}`,
  );
}

async function chooseNamed(name: string): Promise<ChosenBackend> {
  const entry = BACKENDS.find((candidate) => candidate.name === name);
  if (!entry) throw unknown(name);
  const { backend, ...failure } = await tryLoad(entry);
  if (!backend) throw unavailable(entry, failure);
  return chosen(backend, 'The spec asks for it.');
}

/** Tries every backend, for `fip doctor`. */
export async function probeBackends(): Promise<DoctorReport> {
  const backends: BackendStatus[] = [];
  for (const entry of BACKENDS) backends.push(await probe(entry));
  const best = backends.find(({ available, software }) => available && !software);
  return { node: process.version, backends, chosen: best?.name ?? 'none' };
}

/** Starts one backend and holds it against plain arithmetic, for those who have just installed it. */
export async function testBackend(name: string): Promise<BackendStatus> {
  const entry = BACKENDS.find((candidate) => candidate.name === name);
  if (!entry) throw unknown(name);
  const { backend, ...failure } = await tryLoad(entry);
  if (!backend) return missing(entry, failure);
  const error = await selfTest(backend);
  return error === undefined ? probe(entry) : missing(entry, { error });
}

async function probe(entry: BackendEntry): Promise<BackendStatus> {
  const { backend, ...failure } = await tryLoad(entry);
  if (!backend) return missing(entry, failure);
  const { name, device, software } = backend;
  const reason = software ? `Usable, but ${emulated(backend)}.` : `${entry.merit}.`;
  return { name, available: true, device, software, reason, remedy: null };
}

function missing(
  { name, remedy: install }: BackendEntry,
  { error, remedy = install() }: Attempt,
): BackendStatus {
  const reason = `${error.charAt(0).toUpperCase()}${error.slice(1)}.`;
  return { name, available: false, device: null, software: false, reason, remedy };
}

function emulated({ device }: Backend): string {
  return `its only device, ${device}, is emulated on the CPU, which \`auto\` never takes`;
}

/** A backend that started, or why it did not. */
interface Attempt {
  backend?: Backend;
  error: string;
  /** What to do about the error, where it knows better than the entry. */
  remedy?: string;
}

async function tryLoad(entry: BackendEntry): Promise<Attempt> {
  try {
    return { backend: await entry.load(), error: '' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof BackendUnavailable ? error.remedy : undefined;
    return {
      error: (text.split('\n')[0] ?? text).replace(/\.+$/, ''),
      ...(remedy !== undefined && { remedy }),
    };
  }
}

function chosen(backend: Backend, text: string): ChosenBackend {
  return { backend, choice: { name: backend.name, device: backend.device, reason: text } };
}

function unavailable(
  { name, remedy: install }: BackendEntry,
  { error, remedy = install() }: Attempt,
): EngineError {
  return new EngineError(
    'fip/backend-unavailable',
    `The backend ${name} could not be started: ${error}. ${remedy} Or write \`backend: auto\`.`,
    '/backend',
  );
}

function unknown(name: string): EngineError {
  const names = BACKENDS.map((entry) => entry.name).join(', ');
  return new EngineError(
    'fip/backend-unavailable',
    `There is no backend '${name}'; there are ${names}.`,
    '/backend',
  );
}

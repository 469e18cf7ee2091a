import { resolve } from 'node:path';
import { DataError } from '../data-get/data-error';
import { dataState, getDownload, type DataState } from '../data-get/get-data';
import { filesOf, PUBLIC_DATA, type PublicData } from '../engine/data/inspect/public-data';
import { onePositional, parseCommand, type Command } from './command';
import type { CliContext } from './context';
import { exitCodes } from './exit-codes';
import { dataRootFrom } from './read-spec';
import { SparseLines } from './sparse-lines';
import { UsageError } from './usage-error';

const NAMES = PUBLIC_DATA.map(({ name }) => name);

export const dataCommand: Command = {
  name: 'data',
  summary: 'Fetch public data sets that samples use.',
  help: `Usage: fip data list
       fip data get ${NAMES.join('|')} [options]

Says what will be fetched, from where, how large it is and under which licence, asks, fetches it and checks its sha256.
The files get the names that the samples use, below the data root: give \`fip run\` the same --data-root, or your editor
the same folder in the setting fip.dataRoot. Files that are there already are not fetched again.
Ctrl-C cancels and leaves nothing half done.

Options of get:
  --to DIR          The data root to put it under (default: --data-root, the variable FIP_DATA_ROOT, or this folder).
  --data-root DIR   The same.
  --yes             Do not ask.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      to: { type: 'string' },
      'data-root': { type: 'string' },
      yes: { type: 'boolean', default: false },
    });
    const [verb, ...rest] = positionals;
    const known = context.publicData ?? PUBLIC_DATA;
    if (verb === 'list') return list(known, context);
    if (verb !== 'get') throw new UsageError('One of list and get is wanted.');
    const data = dataNamed(onePositional(rest, 'NAME'), known);
    const root = values.to ?? values['data-root'];
    return get(data, dataRootFrom(root, context) ?? context.cwd, values.yes, context);
  },
};

function list(known: readonly PublicData[], { stdout }: CliContext): number {
  known.forEach((data) => stdout.write(`${data.name}: ${data.title}\n${specLines(data, '  ')}\n`));
  return exitCodes.good;
}

/** What to write in a spec to read it. */
function specLines({ spec }: PublicData, indent: string): string {
  return spec.replaceAll(/^/gm, indent);
}

function dataNamed(name: string, known: readonly PublicData[]): PublicData {
  const data = known.find((candidate) => candidate.name === name.replaceAll('-', '_'));
  if (data) return data;
  const names = known.map((one) => one.name).join(', ');
  throw new UsageError(`'${name}' is no data set that can be fetched; there are ${names}.`);
}

async function get(
  data: PublicData,
  folder: string,
  yes: boolean,
  context: CliContext,
): Promise<number> {
  const state = await dataState(data, folder);
  if (state.missing.length === 0) {
    context.stdout.write(`${data.name} is there already, as it was published: ${folder}.\n`);
    context.stdout.write(usage(data, folder));
    return exitCodes.good;
  }
  planLines(data, state, folder).forEach((line) => context.stdout.write(`${line}\n`));
  if (!yes && !(await agrees(context))) return exitCodes.stopped;
  return fetchAll(data, state, folder, context);
}

function planLines(data: PublicData, { missing, wrong }: DataState, folder: string): string[] {
  const bytes = missing.reduce((sum, download) => sum + download.bytes, 0);
  const hosts = new Set(missing.flatMap(({ urls }) => urls.slice(0, 1).map(hostOf)));
  const others = new Set(missing.flatMap(({ urls }) => urls.slice(1).map(hostOf)));
  return [
    data.title,
    `  made by   ${data.source}`,
    `  licence   ${data.licence}`,
    `  fetched   ${megabytes(bytes)} from ${[...hosts].join(', ')}`,
    ...(others.size > 0
      ? [`            or, where that fails, from ${[...others].join(', ')}`]
      : []),
    `  goes to   ${resolve(folder, dirOf(missing))}`,
    ...wrong.map(({ path }) => `  replaces  ${path}, which is not the published file`),
  ];
}

const hostOf = (url: string): string => new URL(url).host;
const dirOf = (missing: DataState['missing']): string =>
  missing.flatMap(filesOf)[0]?.path.split('/')[0] ?? '';
const megabytes = (bytes: number): string =>
  bytes < 1e5 ? `${(bytes / 1e3).toPrecision(3)} kB` : `${(bytes / 1e6).toPrecision(3)} MB`;

async function agrees({ ask }: CliContext): Promise<boolean> {
  if (!ask) throw new UsageError('There is no terminal to ask on: say --yes to fetch it.');
  return /^y(es)?$/i.test((await ask('Fetch it? [y/N] ')).trim());
}

const usage = (data: PublicData, folder: string): string =>
  `A spec reads it by these lines, with --data-root ${folder}:\n${specLines(data, '  ')}\n`;

async function fetchAll(
  data: PublicData,
  { missing }: DataState,
  folder: string,
  context: CliContext,
): Promise<number> {
  const { name } = data;
  const cancel = new AbortController();
  const release = context.onInterrupt(() => cancel.abort(new Error('cancelled')));
  try {
    for (const download of missing) {
      const progress = progressOf(download, context);
      await getDownload(download, folder, { progress, signal: cancel.signal });
    }
    context.stdout.write(`${name} is there.\n${usage(data, folder)}`);
    return exitCodes.good;
  } catch (error) {
    if (cancel.signal.aborted) {
      context.stderr.write(`${name} was not fetched: cancelled, and nothing was left half done.\n`);
      return exitCodes.stopped;
    }
    if (!(error instanceof DataError)) throw error;
    context.stderr.write(`${name} was not fetched. ${error.message}\n`);
    return exitCodes.runFailed;
  } finally {
    release();
  }
}

/** A line for each tenth. */
function progressOf(
  download: DataState['missing'][number],
  { stdout }: CliContext,
): (bytes: number) => void {
  const lines = new SparseLines();
  const phase = filesOf(download)[0]?.path.split('/').at(-1) ?? '';
  return (bytes) => {
    const fraction = bytes / download.bytes;
    const line = lines.next({ phase, fraction, note: `of ${megabytes(download.bytes)}` });
    if (line !== undefined) stdout.write(`${line}\n`);
  };
}

/** `fip data get` against a server on this machine. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchFile } from '../../server/src/data-get/fetch-file';
import type { PublicData } from '../../server/src/engine/data/inspect/public-data';
import { temporaryFolder, until } from '../runs/support';
import { archiveOf, dataOf, DataServer, sha256, tarOf } from './data-server';
import { Fip } from './support';

let server: DataServer;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  folder = temporaryFolder();
  server = await new DataServer().open();
});
afterEach(() => {
  server.close();
  folder.remove();
});

const fip = (data: PublicData, more = {}) =>
  new Fip(folder.path, 'no-engine', { publicData: [data], ...more });
const toys = () => join(folder.path, 'toys');
const files = () => (existsSync(toys()) ? readdirSync(toys()).sort() : []);
const twoFiles = () =>
  dataOf({
    a: { text: 'first file', urls: [server.at('/a', 'first file')] },
    b: { text: 'second', urls: [server.at('/b', 'second')] },
  });

describe('what is fetched', () => {
  test('lands under its names; a second time nothing is fetched', async () => {
    const cli = fip(twoFiles());
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(files()).toEqual(['a', 'b']);
    expect(readFileSync(join(toys(), 'a'), 'utf8')).toBe('first file');
    expect(cli.stdout.text).toContain('licence   CC0');
    expect(cli.stdout.text).toContain('made by   nobody, https://example.org/toys');
    expect(cli.stdout.text).toContain('fetched   0.0160 kB from 127.0.0.1');
    expect(cli.stdout.text).toContain(toys());
    expect(cli.stdout.text).toContain(
      `--data-root ${folder.path}:\n  data:\n    toys:\n      format: csv\n`,
    );
    const again = fip(twoFiles());
    expect(await again.run('data', 'get', 'toys')).toBe(0);
    expect(again.stdout.text).toContain('toys is there already');
    expect(again.stdout.text).toContain('      file: toys/a\n');
    expect(server.requests).toEqual(['/a', '/b']);
  });

  test('goes where --to, --data-root or FIP_DATA_ROOT say, in this order', async () => {
    const go = (args: string[], env = {}) =>
      fip(twoFiles(), { env }).run('data', 'get', 'toys', '--yes', ...args);
    await go(['--to', 'x', '--data-root', 'y'], { FIP_DATA_ROOT: join(folder.path, 'z') });
    await go(['--data-root', 'y'], { FIP_DATA_ROOT: join(folder.path, 'z') });
    await go([], { FIP_DATA_ROOT: join(folder.path, 'z') });
    for (const name of ['x', 'y', 'z'])
      expect(readdirSync(join(folder.path, name, 'toys'))).toEqual(['a', 'b']);
    expect(files()).toEqual([]);
  });

  test('replaces what is not the published file, and says so first', async () => {
    mkdirSync(toys());
    writeFileSync(join(toys(), 'a'), 'not the one');
    writeFileSync(join(toys(), 'b'), 'second');
    const cli = fip(twoFiles());
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(cli.stdout.text).toContain('replaces  toys/a');
    expect(readFileSync(join(toys(), 'a'), 'utf8')).toBe('first file');
    expect(server.requests).toEqual(['/a']);
  });

  test('comes out of an archive member by member', async () => {
    const members = { 'box/a': 'x'.repeat(700), 'box/b': 'second' };
    const archive = tarOf({ 'box/readme': 'not wanted', ...members });
    const download = archiveOf(archive, members, [server.at('/toys.tar.gz', archive)]);
    const cli = fip({ ...twoFiles(), downloads: [download] });
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(files()).toEqual(['a', 'b']);
    expect(readFileSync(join(toys(), 'a'), 'utf8')).toBe('x'.repeat(700));
    expect(readFileSync(join(toys(), 'b'), 'utf8')).toBe('second');
  });

  test.each([
    [
      'holds another member',
      { 'box/a': 'changed', 'box/b': 'second' },
      /toys\/a .* not the published/,
    ],
    ['lacks a member', { 'box/b': 'second' }, /holds no box\/a/],
  ])('nothing is left where the archive %s', async (_, content, reason) => {
    const archive = tarOf(content);
    const members = { 'box/b': 'second', 'box/a': 'first' };
    const download = archiveOf(archive, members, [server.at('/toys.tar.gz', archive)]);
    const cli = fip({ ...twoFiles(), downloads: [download] });
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(3);
    expect(cli.stderr.text).toMatch(reason);
    expect(files()).toEqual([]);
  });
});

describe('asking', () => {
  test('without a terminal it wants --yes, and fetches nothing', async () => {
    const cli = fip(twoFiles());
    expect(await cli.run('data', 'get', 'toys')).toBe(2);
    expect(cli.stderr.text).toContain('--yes');
    expect(server.requests).toEqual([]);
  });

  test('on a terminal it asks once the plan is told', async () => {
    const cli = fip(twoFiles(), { ask: async () => 'n' });
    expect(await cli.run('data', 'get', 'toys')).toBe(130);
    expect(cli.stdout.text).toContain('Toys: two small files');
    expect(server.requests).toEqual([]);
    expect(await fip(twoFiles(), { ask: async () => ' Y ' }).run('data', 'get', 'toys')).toBe(0);
    expect(files()).toEqual(['a', 'b']);
  });

  test('says what there is where the name or the verb is none', async () => {
    const cli = fip(twoFiles());
    expect(await cli.run('data', 'get', 'mnist')).toBe(2);
    expect(cli.stderr.text).toContain('there are toys');
    expect(await cli.run('data', 'fetch', 'toys')).toBe(2);
    expect(await cli.run('data', 'get')).toBe(2);
    expect(await cli.run('data', 'list')).toBe(0);
    expect(cli.stdout.text).toContain('toys: Toys: two small files\n  data:\n    toys:\n');
  });
});

describe('addresses that fail', () => {
  const good = 'what was published';
  const redirect = (to: string) =>
    server.at('/bad', (_request, response) => response.writeHead(302, { location: to }).end());
  const bad: [string, () => string, RegExp][] = [
    ['is not there', () => server.url('/bad'), /\/bad: it answered 404/],
    ['sends other bytes', () => server.at('/bad', 'what was publisheD'), /other bytes .*sha256/],
    ['sends too few', () => server.at('/bad', 'what was'), /it sent 8 of 18 bytes/],
    ['sends too many', () => server.at('/bad', good + '!'), /more than the published 18/],
    ['refuses', () => 'http://127.0.0.1:1/bad', /refused the connection|bad port/],
    [
      'breaks off',
      () =>
        server.at(
          '/bad',
          (_r, s) =>
            void s.writeHead(200, { 'content-length': 18 }).write('what', () => s.destroy()),
        ),
      /broke the connection off|terminated|aborted/,
    ],
    ['is plain http', () => 'http://example.org/bad', /example\.org, which is not https/],
    [
      'redirects to plain http',
      () => redirect('http://example.org/x'),
      /redirected to http:\/\/example\.org, which is not https/,
    ],
    ['redirects to a file', () => redirect('file:///etc/passwd'), /redirected to .*not https/],
    ['redirects in a circle', () => redirect('/bad'), /redirected more than 5 times/],
    [
      'has no such host',
      () => 'https://no-such-host.invalid/bad',
      /name is not known|refused|did not answer/,
    ],
  ];

  test.each(bad)('one that %s is passed over', async (_, url) => {
    const data = dataOf({ a: { text: good, urls: [url(), server.at('/good', good)] } });
    const cli = fip(data);
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(readFileSync(join(toys(), 'a'), 'utf8')).toBe(good);
    expect(files()).toEqual(['a']);
  });

  test.each(bad)(
    'one that %s and is the last leaves nothing, and the reason',
    async (_, url, reason) => {
      const data = dataOf({
        first: { text: 'ok', urls: [server.at('/ok', 'ok')] },
        a: { text: good, urls: [url()] },
      });
      const cli = fip(data);
      expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(3);
      expect(cli.stderr.text).toMatch(reason);
      expect(cli.stderr.text).toMatch(/was not fetched/);
      expect(files()).toEqual(['first']);
    },
  );

  test('a redirect that stays where it may is followed', async () => {
    server.at('/good', good);
    const data = dataOf({ a: { text: good, urls: [redirect('/good')] } });
    expect(await fip(data).run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(files()).toEqual(['a']);
  });
});

describe('what goes wrong here', () => {
  test('Ctrl-C leaves nothing half done', async () => {
    const slow = server.at('/slow', (_request, response) => void response.write('what'));
    const cli = fip(dataOf({ a: { text: 'what was published', urls: [slow] } }));
    const code = cli.run('data', 'get', 'toys', '--yes');
    await until(() => (cli.stdout.text.includes('20 %') ? true : undefined));
    expect(files()).toHaveLength(1);
    cli.interrupt();
    expect(await code).toBe(130);
    expect(cli.stderr.text).toContain('cancelled');
    expect(files()).toEqual([]);
  });

  test('what a killed process has left is taken away', async () => {
    mkdirSync(toys());
    writeFileSync(join(toys(), '.a.999999999.part'), 'half');
    expect(await fip(twoFiles()).run('data', 'get', 'toys', '--yes')).toBe(0);
    expect(files()).toEqual(['a', 'b']);
  });

  test('a file where the folder should be is said', async () => {
    writeFileSync(toys(), 'a file');
    const cli = fip(twoFiles());
    expect(await cli.run('data', 'get', 'toys', '--yes')).toBe(3);
    expect(cli.stderr.text).toMatch(/cannot be written: a file stands where a folder is needed/);
  });

  test('a full disk is said, and no other address is tried', async () => {
    const urls = [server.at('/a', 'bytes'), server.at('/b', 'bytes')];
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const file = { write: () => Promise.reject(full), sync: async () => {}, close: async () => {} };
    const tools = {
      progress: () => undefined,
      signal: new AbortController().signal,
      open: async () => file as never,
    };
    const download = { urls, bytes: 5, sha256: sha256('bytes') };
    await expect(fetchFile(download, '/data/a', tools)).rejects.toThrow(
      '/data/a cannot be written: the disk is full.',
    );
    expect(server.requests).toEqual(['/a']);
  });
});

/** A server on this machine, and a data set whose files it has. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ArchiveDownload, PublicData } from '../../server/src/engine/data/inspect/public-data';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

export class DataServer {
  /** What is asked for, in order. */
  readonly requests: string[] = [];
  readonly #handlers = new Map<string, Handler>();
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.requests.push(path);
    const handler = this.#handlers.get(path);
    if (handler) handler(request, response);
    else response.writeHead(404).end('no such thing');
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Serves a path, and gives its address. */
  at(path: string, answer: Handler | string | Uint8Array): string {
    this.#handlers.set(
      path,
      typeof answer === 'function' ? answer : (_request, response) => response.end(answer),
    );
    return this.url(path);
  }
}

/** A data set of files with these texts, each at its addresses. */
export function dataOf(files: Record<string, { text: string; urls: string[] }>): PublicData {
  return {
    name: 'toys',
    title: 'Toys: two small files',
    source: 'nobody, https://example.org/toys',
    licence: 'CC0',
    spec: 'data:\n  toys:\n    format: csv\n    file: toys/a',
    downloads: Object.entries(files).map(([name, { text, urls }]) => ({
      path: `toys/${name}`,
      bytes: Buffer.byteLength(text),
      sha256: sha256(text),
      urls,
    })),
  };
}

/** A gzipped tar archive of these files. */
export function tarOf(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644', 100);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')} `, 124);
    header.write('ustar\u000000', 257, 'latin1');
    const content = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    content.write(text);
    return [header, content];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(10240)]));
}

/** The archive as a download; its members go to files of their own names. */
export function archiveOf(
  archive: Buffer,
  files: Record<string, string>,
  urls: string[],
): ArchiveDownload {
  const members = Object.entries(files).map(([name, text]) => {
    const path = `toys/${name.split('/').at(-1)}`;
    return [name, { path, bytes: Buffer.byteLength(text), sha256: sha256(text) }] as const;
  });
  const download = { urls, bytes: archive.length, sha256: sha256(archive) };
  return { ...download, members: Object.fromEntries(members) };
}

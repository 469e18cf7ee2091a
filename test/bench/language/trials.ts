/** What is timed, from the client's first byte to the server's last; what either server waits on purpose is in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Position } from 'vscode-languageserver/node';
import { LspClient, noFinding, someFinding } from './lsp-client';
import type { ServerCommand } from './lsp-client';

export const trials = [
  'Node.js alone',
  'cold start',
  'open',
  'type a character',
  'hover',
  'complete',
] as const;
export type Trial = (typeof trials)[number];

/** Milliseconds, by trial. */
export type Times = Record<Trial, number>;

/** The line of the middle leg's `steps`, and the column of the key. */
export function placeOf(text: string): Position {
  const lines = text.split('\n');
  const found = lines.flatMap((line, i) => (/^ +steps:/.test(line) ? [i] : []));
  const line = found[Math.floor(found.length / 2)] ?? 0;
  return { line, character: (lines[line] ?? '').indexOf('steps') };
}

const right = ({ line, character }: Position, by: number): Position => ({
  line,
  character: character + by,
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Opens a file with one misspelt key in a server that is started for it, then does all else in a server that runs. */
export class Bench {
  #files = 0;

  private constructor(
    private readonly command: ServerCommand,
    private readonly client: LspClient,
  ) {}

  static async start(command: ServerCommand): Promise<Bench> {
    return new Bench(command, await LspClient.start(command));
  }

  stop(): void {
    this.client.stop();
  }

  /** One round of all trials on a text. */
  async round(text: string): Promise<Times> {
    const uri = `file:///specs/file-${++this.#files}.fip.yaml`;
    const misspelt = text.replace('classes:', 'clases:');
    const cold = await this.#coldStart(misspelt);
    const open = await timed(() => this.client.open(uri, misspelt, someFinding));
    await this.client.close(uri);
    const valid = uri.replace('file-', 'valid-');
    await this.#openValid(valid, text);
    const place = placeOf(text);
    const times: Times = {
      'Node.js alone': await timed(() => once(spawn(process.execPath, ['-e', '0']), 'exit')),
      'cold start': cold,
      open,
      'type a character': await this.#type(valid, place),
      hover: await timed(() => this.#answered(this.client.hover(valid, right(place, 2)))),
      complete: await this.#complete(valid, place),
    };
    await this.client.close(valid);
    return times;
  }

  async #coldStart(text: string): Promise<number> {
    let client: LspClient | undefined;
    const time = await timed(async () => {
      client = await LspClient.start(this.command);
      await client.open('file:///specs/cold.fip.yaml', text, someFinding);
    });
    client?.stop();
    return time;
  }

  /** A server may say nothing of a file without findings: a mistake made and mended shows that it has read it. */
  async #openValid(uri: string, text: string): Promise<void> {
    await this.client.open(uri, `oops: 1\n${text}`, someFinding);
    const mended = { at: { line: 0, character: 0 }, removed: { line: 1, character: 0 }, text: '' };
    await (
      await this.client.edit(uri, { ...mended, isWanted: noFinding })
    ).diagnosed;
  }

  /** A letter in a key makes it an unknown one. */
  async #type(uri: string, place: Position): Promise<number> {
    const at = right(place, 'steps'.length);
    const time = await timed(async () => {
      const edit = { at, text: 'x', isWanted: someFinding };
      await (
        await this.client.edit(uri, edit)
      ).diagnosed;
    });
    await this.#undo(uri, at, right(at, 1));
    return time;
  }

  /** A new line with the first letter of a key, and what could become of it. */
  async #complete(uri: string, place: Position): Promise<number> {
    const typed = ' '.repeat(place.character) + 's';
    const start = { line: place.line, character: 0 };
    let diagnosed: Promise<void> | undefined;
    const time = await timed(async () => {
      const edit = { at: start, text: `${typed}\n`, isWanted: someFinding };
      ({ diagnosed } = await this.client.edit(uri, edit));
      await this.#answered(this.client.complete(uri, right(start, typed.length)));
    });
    await diagnosed;
    await this.#undo(uri, start, { line: place.line + 1, character: 0 });
    return time;
  }

  async #undo(uri: string, at: Position, removed: Position): Promise<void> {
    await (
      await this.client.edit(uri, { at, removed, text: '', isWanted: noFinding })
    ).diagnosed;
  }

  /** @throws Error where there is no answer: an empty one is quick and worth nothing. */
  async #answered(answer: Promise<unknown>): Promise<void> {
    const text = JSON.stringify(await answer);
    if (!text.includes('step')) throw new Error(`${this.command.name} has no answer: ${text}`);
  }
}

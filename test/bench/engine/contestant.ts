import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Ready, Request } from './messages';

/** A process that times operations, one at a time. */
export class Contestant {
  private constructor(
    readonly name: string,
    readonly about: Ready,
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /**
   * Starts it and waits until it is ready.
   * @throws Error where it ends before, with what it wrote to its standard error
   */
  static async start(
    name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
  ): Promise<Contestant> {
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const failed = new Promise<never>((_, reject) => child.on('error', reject));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), failed]);
    if (first.done) throw new Error(complaint.trim().split('\n').at(-1) ?? 'it ended at once');
    return new Contestant(name, JSON.parse(first.value) as Ready, child, lines);
  }

  async time(request: Request): Promise<Answer> {
    this.child.stdin?.write(JSON.stringify(request) + '\n');
    const line = await this.lines.next();
    return line.done ? { error: 'its process ended' } : (JSON.parse(line.value) as Answer);
  }

  stop(): void {
    this.child.kill();
  }
}

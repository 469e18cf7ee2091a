import type { NamedTensor } from './host';
import { toNamedTensors } from './network/layout';
import type { RunContext } from './run-context';
import type { RunRecord } from './run-record';
import { asTensor, restoreInto } from './saved-vector';

/** In front of the names that saved states give to lasting vectors. */
const LASTING = 'lasting.';

/** The lasting vector of the zeros that the path has made. */
const ZEROS = 'zeros';

/** A run at work: where it stands in weight space, and what has happened. */
export class Run {
  private readonly begun = performance.now();
  private readonly secondsBefore: number;
  private vectors: readonly NamedTensor[] = [];
  private first: Float32Array;
  /** Vectors, by name, that are part of every saved state from now on. */
  readonly lasting = new Map<string, Float32Array>();

  constructor(
    readonly context: RunContext,
    readonly record: RunRecord,
    /** Where the path stands, a flat vector. */
    public weights: Float32Array,
    /** Vectors of a saved state that their owners take up again. */
    readonly restored: readonly NamedTensor[],
  ) {
    this.secondsBefore = record.seconds;
    for (const { name, values } of restored)
      if (name.startsWith(LASTING)) this.lasting.set(name.slice(LASTING.length), values.slice());
    this.first = firstNetwork(record, weights, restored);
  }

  /** The network before the first leg, once it stands. */
  get start(): Float32Array {
    return this.first;
  }

  /** The zeros that the legs behind us have made and left, see `MadeZeros`. */
  get zeros(): Float32Array | undefined {
    return this.lasting.get(ZEROS);
  }

  set zeros(zeros: Float32Array | undefined) {
    if (zeros) this.lasting.set(ZEROS, zeros);
    else this.lasting.delete(ZEROS);
  }

  /** The path begins where the run stands. */
  beginPath(): void {
    this.first = this.weights.slice();
  }

  /** Seconds of computing so far, over all sittings. */
  seconds(): number {
    return this.secondsBefore + (performance.now() - this.begun) / 1000;
  }

  /**
   * Makes what has happened so far durable.
   * @param vectors what the parts at work carry over from step to step; those of the last call where left out
   */
  save(vectors: readonly NamedTensor[] = this.vectors): void {
    this.vectors = vectors;
    this.record.seconds = this.seconds();
    const lasting = [...this.lasting].map(([name, values]) => asTensor(LASTING + name, values));
    this.context.host.saveState({
      facts: { record: structuredClone(this.record) },
      tensors: [asTensor('weights', this.weights), ...this.startTensor(), ...lasting, ...vectors],
    });
  }

  /** Along the first leg the start is the leg's anchor, which is saved already. */
  private startTensor(): NamedTensor[] {
    return this.record.legs.length > 0 ? [asTensor('start', this.first)] : [];
  }

  /** Writes weights for the user; returns the file. Colons in the names of legs are for no file system. */
  saveWeights(name: string, weights: Float32Array): string {
    const { host, network } = this.context;
    return host.saveWeights(name.replaceAll(':', '.'), toNamedTensors(network.layout, weights));
  }
}

function firstNetwork(
  { legs }: RunRecord,
  weights: Float32Array,
  restored: readonly NamedTensor[],
): Float32Array {
  const first = weights.slice();
  restoreInto(first, restored, legs.length > 0 ? 'start' : 'anchor');
  return first;
}

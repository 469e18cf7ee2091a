import type {
  EngineEvent,
  EngineHost,
  EngineState,
  NamedTensor,
} from '../../server/src/engine/host';

/** Keeps everything in memory; stops when it is told to. */
export class RecordingHost implements EngineHost {
  readonly run = 'test-run';
  readonly events: EngineEvent[] = [];
  readonly states: EngineState[] = [];
  readonly files = new Map<string, Float32Array[]>();
  /** How often the engine asked whether to stop. */
  polls = 0;
  stopWhen: () => boolean = () => false;

  emit(event: EngineEvent): void {
    this.events.push(structuredClone(event));
  }
  shouldStop(): boolean {
    this.polls++;
    return this.stopWhen();
  }
  saveState(state: EngineState): void {
    this.states.push(structuredClone(state));
  }
  saveWeights(name: string, tensors: readonly NamedTensor[]): string {
    this.files.set(
      name,
      tensors.map(({ values }) => values.slice()),
    );
    return `weights/${name}.safetensors`;
  }
  readWeights(file: string): NamedTensor[] {
    throw new Error(`Nothing here reads ${file}.`);
  }
  resolvePath(path: string): string {
    return path;
  }
}

/** A recording host that asks to stop after so many saved states. */
export class TestHost extends RecordingHost {
  constructor(stopAfter = Infinity) {
    super();
    this.stopWhen = () => this.states.length >= stopAfter;
  }
}

/** All that must not depend on when a run was interrupted: everything but times. */
export const essence = (events: readonly EngineEvent[]): string[] =>
  events
    .filter(({ event }) => event !== 'run-resumed')
    .map((event) =>
      JSON.stringify(event, (key, value: unknown) => (/seconds|started/.test(key) ? 0 : value)),
    );

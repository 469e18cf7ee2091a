/** A host in memory, and small experiments for it. */
import type {
  EngineEvent,
  EngineHost,
  EngineState,
  NamedTensor,
} from '../../server/src/engine/host';
import type { Experiment, Leg } from '../../server/src/spec/experiment';
import { adamDefaults } from './optimizer-defaults';

/** Keeps everything in memory. */
export class MemoryHost implements EngineHost {
  readonly run = 'test-run';
  readonly events: EngineEvent[] = [];
  readonly states: EngineState[] = [];

  /** @param files those of the run that is resumed, where this host goes on with one */
  constructor(readonly files = new Map<string, NamedTensor[]>()) {}

  emit(event: EngineEvent): void {
    this.events.push(structuredClone(event));
  }
  shouldStop(): boolean {
    return false;
  }
  saveState(state: EngineState): void {
    this.states.push(structuredClone(state));
  }
  saveWeights(name: string, tensors: readonly NamedTensor[]): string {
    const file = `weights/${name}.safetensors`;
    this.files.set(file, structuredClone([...tensors]));
    return file;
  }
  readWeights(file: string): NamedTensor[] {
    const tensors = this.files.get(file);
    if (!tensors) throw new Error(`There is no ${file}.`);
    return tensors;
  }
  resolvePath(path: string): string {
    return path;
  }

  /** The events of one kind. */
  of<Kind extends EngineEvent['event']>(kind: Kind): Extract<EngineEvent, { event: Kind }>[] {
    return this.events.filter(
      (event): event is Extract<EngineEvent, { event: Kind }> => event.event === kind,
    );
  }
}

const glyphs = {
  format: 'glyphs',
  train: 200,
  test: 60,
  size: 12,
  alphabet: 'digits',
  normalize: true,
  label_offset: 0,
} as const;

/** A leg that makes the network of `smallExperiment` sparse in 12 steps. */
export const pruneLeg: Leg = {
  leg: 'prune',
  objective: {
    type: 'sparsify',
    target: 0.6,
    scope: 'global',
    rank_by: 'magnitude',
    ramp: 0.8,
    ramp_from: 0.3,
  },
  keep: { on: 'digits', distance: 'logits' },
  solver: {
    type: 'geodesic',
    steps: 12,
    samples: 40,
    method: 'auto',
    refresh: 1,
    stiffness: 1e-4,
    iterations: 6,
    tolerance: 1e-3,
    correction: true,
  },
};

/** One that learns letters in 7 steps. */
export const learnLeg: Leg = {
  leg: 'add',
  objective: { type: 'learn', on: 'letters', batch_size: 32, momentum: 0.9, replay: 0 },
  keep: { on: 'digits', memory: 30, distance: 'logits' },
  solver: { ...pruneLeg.solver, type: 'geodesic', steps: 7, step_size: 1 } as Leg['solver'],
};

/** A network that is trained on digits, and then goes this way. */
export function smallExperiment(path: Leg[], changes: Partial<Experiment> = {}): Experiment {
  const optimizer = { ...adamDefaults, type: 'adam', learning_rate: 3e-3 } as const;
  return {
    fip: 1,
    name: 'test',
    seed: 5,
    backend: 'wasm',
    data: { digits: glyphs, letters: { ...glyphs, alphabet: 'letters', label_offset: 10 } },
    model: { architecture: 'mlp', hidden: [16], activation: 'relu', classes: 20 },
    start: { train: { on: 'digits', epochs: 3, batch_size: 32, optimizer } },
    path,
    expect: [],
    ...changes,
  };
}

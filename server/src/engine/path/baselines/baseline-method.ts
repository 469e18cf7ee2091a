import type { Leg, Optimizer } from '../../../spec/experiment';
import type { NamedTensor } from '../../host';
import type { RunContext } from '../../run-context';
import type { KeptFunction } from '../kept-function';
import type { LabelledMemory } from '../keep/labelled-memory';

/** What a baseline is given beside a leg: all that the leg had, and the labels of its memory. */
export interface BaselineSetting {
  readonly context: RunContext;
  /** What results call it; its random numbers are drawn under this name where the leg draws none alike. */
  readonly name: string;
  readonly leg: Leg;
  /** Place of the leg in the spec's path. */
  readonly index: number;
  /** The network that it begins with: the path's at the leg's start, or its own at the end of the leg before. */
  readonly anchor: Float32Array;
  /** The leg's memory, with the outputs of that network. */
  readonly kept: KeptFunction;
  readonly memory: LabelledMemory;
  /** Data sets that were kept in the legs before, as far as the baseline comes from there. */
  readonly known: ReadonlySet<string>;
  /** Steps of the leg, or as the spec has it. */
  readonly steps: number;
  readonly optimizer: Optimizer;
}

/** A baseline at work beside a leg. A step number s counts from 0. */
export interface BaselineMethod {
  /** Steps that it takes in all. */
  readonly steps: number;
  /**
   * What must be there before the first step, worked out anew.
   * @param carried its state at the end of the leg before, where it goes on from there
   * @returns whether it was finished; false where the user stopped the run
   */
  begin?(carried: readonly NamedTensor[]): Promise<boolean>;
  /** Changes the weights in place; returns what it minimises, before the step. */
  step(weights: Float32Array, step: number): Promise<number>;
  /** The networks that are its product, where it brings about several: those that are ready. */
  readonly members?: readonly Float32Array[];
  /** Vectors that carry over from step to step, or to the next leg. */
  state(): NamedTensor[];
  /** Takes them up again after `steps` steps, in place of `begin`. */
  restore(tensors: readonly NamedTensor[], steps: number): void;
}

/** A semantic rule: what the schema cannot say. */
import type { NetworkFacts } from '../../engine/network/describe-network';
import type { DataKnowledge } from '../data-inspector';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { SpecDocument } from '../spec-document';
import type { SpecFacts } from '../spec-facts';

export interface RuleContext {
  document: SpecDocument;
  facts: SpecFacts;
  /** What is known of each data set's contents, by name; nothing where its files cannot be read. */
  known: ReadonlyMap<string, DataKnowledge>;
  /** The network, where its shapes are known and fit. */
  network?: NetworkFacts;
  /** Bytes of memory of the machine that runs are started on, where it is known. */
  machineBytes?: number;
}

/** Pure: the same context gives the same findings. */
export type Rule = (context: RuleContext) => SpecDiagnostic[];

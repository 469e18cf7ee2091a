/** The semantic rules, one file each in rules/. */
import { attack } from './rules/attack';
import { augment } from './rules/augment';
import { checkpointEvery } from './rules/checkpoint-every';
import { baselines } from './rules/baselines';
import { diversify } from './rules/diversify';
import { expectations } from './rules/expectations';
import { expectedSparsity } from './rules/expected-sparsity';
import { fitTeacher } from './rules/fit-teacher';
import { gramSize } from './rules/gram-size';
import { heldZeros } from './rules/held-zeros';
import { inputShape } from './rules/input-shape';
import { knownData } from './rules/known-data';
import { knownLegs } from './rules/known-legs';
import { labelsFit } from './rules/labels-fit';
import { learnsSomething } from './rules/learns-something';
import { legNames } from './rules/leg-names';
import { legsFight } from './rules/legs-fight';
import { memoryFits } from './rules/memory-fits';
import { memorySize } from './rules/memory-size';
import { noPath } from './rules/no-path';
import { nesterov } from './rules/nesterov';
import { pool } from './rules/pool';
import { prunedWeights } from './rules/pruned-weights';
import { ramp } from './rules/ramp';
import { readsTexts } from './rules/reads-texts';
import type { Rule, RuleContext } from './rules/rule';
import { schedule } from './rules/schedule';
import { tasks } from './rules/tasks';
import { sparsity } from './rules/sparsity';
import { spectrum } from './rules/spectrum';
import { unusedData } from './rules/unused-data';
import type { SpecDiagnostic } from './spec-diagnostic';

const rules: readonly Rule[] = [
  knownData,
  knownLegs,
  legNames,
  legsFight,
  tasks,
  learnsSomething,
  unusedData,
  memorySize,
  memoryFits,
  augment,
  pool,
  sparsity,
  prunedWeights,
  ramp,
  heldZeros,
  fitTeacher,
  diversify,
  nesterov,
  schedule,
  gramSize,
  checkpointEvery,
  baselines,
  noPath,
  spectrum,
  attack,
  labelsFit,
  inputShape,
  readsTexts,
  expectations,
  expectedSparsity,
];

/** What all rules find. */
export function semanticDiagnostics(context: RuleContext): SpecDiagnostic[] {
  return rules.flatMap((rule) => rule(context));
}

/** An expectation of sparsity can be met by the legs before it. */
import { chosenWeights } from '../../engine/network/match-weights';
import { isPartOf } from '../../protocol/sub-legs';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { ExpectationFact, LegFact } from '../spec-facts';
import { alternatives } from '../words';
import { choiceOf } from './pruned-weights';
import type { Rule, RuleContext } from './rule';

/** Targets are met to a weight, and expectations are written with few digits. */
const ROUNDING = 0.0005;

/** Objectives that prune, or leave the zeros of legs before them where they are unless told otherwise. */
const KEEPS_ZEROS: ReadonlySet<unknown> = new Set(['sparsify', 'learn', 'diversify', 'fit']);

/** Only networks that are trained here are known to begin with hardly a zero. */
export const expectedSparsity: Rule = (context) => {
  const { document, facts } = context;
  if (!document.has('/start/train') || facts.legs.length === 0) return [];
  return facts.expectations.flatMap((expectation) => unreachable(context, expectation));
};

function unreachable(context: RuleContext, { pointer, value }: ExpectationFact): SpecDiagnostic[] {
  const { metric, at, at_least: least, at_most: most } = value;
  if (metric !== 'sparsity' || typeof least !== 'number' || least <= ROUNDING) return [];
  // Bounds that are crossed have a finding of their own.
  if (typeof most === 'number' && most < least) return [];
  const legs = legsUntil(context.facts.legs, at);
  const reason = legs && reasonAgainst(context, legs, least);
  if (reason === undefined) return [];
  const { document } = context;
  const range = document.rangeOf(`${pointer}/at_least`);
  const message = `The sparsity cannot come to ${least}: ${reason}`;
  return [specError('fip/out-of-reach', range, message, { severity: 'warning' })];
}

/** The legs that are walked before a moment, its own included; undefined for a moment that there is not. */
function legsUntil(legs: readonly LegFact[], at: unknown): readonly LegFact[] | undefined {
  if (at === 'start') return [];
  if (at === 'end' || at === undefined) return legs;
  const last = legs.findIndex(({ name }) => typeof at === 'string' && isPartOf(at, name));
  return last < 0 ? undefined : legs.slice(0, last + 1);
}

function reasonAgainst(
  context: RuleContext,
  legs: readonly LegFact[],
  least: number,
): string | undefined {
  const types = legs.map(({ objective }) => objective['type']);
  // The network to reach may have zeros of its own, and what an unknown objective would do nobody knows.
  if (types.some((type) => !KEEPS_ZEROS.has(type))) return undefined;
  const last = types.lastIndexOf('sparsify');
  const pruning = legs[last];
  if (!pruning) return 'no leg before that moment has the objective `sparsify`. Add one.';
  const name = alternatives([pruning.name ?? 'the leg']);
  if (legs.slice(last + 1).some(({ zeros }) => zeros === 'free'))
    return `legs after ${name} use every weight again. Remove their \`zeros: free\`, or write \`at: ${pruning.name ?? ''}\`.`;
  if (types.indexOf('sparsify') < last) return undefined;
  const most = mostOf(context, pruning);
  if (most === undefined || least <= most + ROUNDING) return undefined;
  return `${name} prunes to ${Number(most.toFixed(4))} of all weights. Write that, or raise its \`target\`.`;
}

/** The sparsity of the whole network behind a leg that prunes, where it is known. */
function mostOf({ network }: RuleContext, leg: LegFact): number | undefined {
  const { target, pattern } = leg.objective;
  const choice = choiceOf(leg);
  if (typeof target !== 'number' || !(target > 0 && target < 1) || pattern !== undefined)
    return undefined;
  if (choice.include === undefined && choice.exclude === undefined) return target;
  if (!network) return undefined;
  const sizeOf = (weights: readonly { size: number }[]) =>
    weights.reduce((sum, { size }) => sum + size, 0);
  const chosen = sizeOf(chosenWeights(network.prunable, choice));
  // Nothing to prune is a finding of its own.
  return chosen === 0 ? undefined : (target * chosen) / sizeOf(network.prunable);
}

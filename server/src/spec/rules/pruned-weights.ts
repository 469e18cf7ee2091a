/** The weights that are to be pruned exist, and enough of them are left at the end. */
import {
  chosenWeights,
  namesWeight,
  unmatchedMessage,
  type WeightChoice,
} from '../../engine/network/match-weights';
import type { NetworkFacts } from '../../engine/network/describe-network';
import { didYouMean } from '../did-you-mean';
import { childPointer } from '../json-pointer';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import { weightNames } from '../weight-names';
import { plural } from '../words';
import type { Rule, RuleContext } from './rule';

export const prunedWeights: Rule = (context) =>
  context.facts.legs
    .filter(({ objective }) => objective['type'] === 'sparsify')
    .flatMap((leg) => {
      const unknown = unknownNames(context, leg);
      return unknown.length > 0 ? unknown : leftWeights(context, leg);
    });

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : undefined;

function unknownNames({ document, network }: RuleContext, leg: LegFact): SpecDiagnostic[] {
  if (!network) return [];
  const names = network.prunable.map(({ name }) => name);
  return ['include', 'exclude'].flatMap((key) =>
    (texts(leg.objective[key]) ?? []).flatMap((pattern, i) => {
      if (names.some((name) => namesWeight(pattern, name))) return [];
      const place = childPointer(`${leg.pointer}/objective/${key}`, i);
      return [unknownName(document.rangeOf(place), pattern, network)];
    }),
  );
}

function unknownName(
  range: SpecDiagnostic['range'],
  pattern: string,
  network: NetworkFacts,
): SpecDiagnostic {
  const known = weightNames(network).map(({ name }) => name);
  const guess = didYouMean(pattern, known);
  const names = network.prunable.map(({ name }) => name);
  const hint = guess === undefined ? '' : ` Did you mean \`${guess}\`?`;
  const message = unmatchedMessage(pattern, names) + hint;
  const fix = guess !== undefined && { title: `Change to \`${guess}\``, newText: guess };
  return specError('fip/unknown-weight', range, message, { ...(fix && { fix }) });
}

/** Every layer needs a weight at least: nothing gets through one that has none. */
function leftWeights({ document, network }: RuleContext, leg: LegFact): SpecDiagnostic[] {
  if (!network) return [];
  const { target, scope } = leg.objective;
  const chosen = chosenWeights(network.prunable, choiceOf(leg));
  const place = `${leg.pointer}/objective`;
  if (chosen.length === 0) {
    const message =
      'No weight matrix is left to prune: `exclude` takes away all that `include` names.';
    return [specError('fip/nothing-to-prune', document.rangeOf(`${place}/exclude`), message)];
  }
  if (typeof target !== 'number' || target >= 1) return [];
  const pools = scope === 'layer' ? chosen.map((weight) => [weight]) : [chosen];
  const short = pools.find((pool) => leftIn(pool, target) < pool.length);
  if (!short) return [];
  const range = document.rangeOf(`${place}/target`);
  return [specError('fip/target-unreachable', range, tooFew(short, target))];
}

/** What a leg's `include` and `exclude` say, as far as they are well typed. */
export function choiceOf({ objective }: LegFact): WeightChoice {
  const [include, exclude] = [texts(objective['include']), texts(objective['exclude'])];
  return { ...(include && { include }), ...(exclude && { exclude }) };
}

type Weights = readonly { name: string; size: number }[];

const sizeOf = (pool: Weights) => pool.reduce((sum, { size }) => sum + size, 0);

function leftIn(pool: Weights, target: number): number {
  return sizeOf(pool) - Math.round(target * sizeOf(pool));
}

function tooFew(pool: Weights, target: number): string {
  const where = pool.length === 1 ? `in \`${pool[0]?.name ?? ''}\`` : `in ${pool.length} layers`;
  const left = plural(leftIn(pool, target), 'weight');
  const most = Math.floor(10_000 * (1 - pool.length / sizeOf(pool))) / 10_000;
  return `Of ${sizeOf(pool).toLocaleString('en')} weights ${where}, ${left} would be left: too few for one a layer, and nothing would get through. Write ${most} at most.`;
}

/** Which weights a list of names means. Names may be those of weights (`dense1.weight`) or of layers (`dense1`). */

/** Lists of names in which `*` stands for any letters. */
export interface WeightChoice {
  /** All weights where it is left out. */
  include?: readonly string[];
  exclude?: readonly string[];
}

/** Whether a pattern names this weight, or a layer that it belongs to. */
export function namesWeight(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}(?:\\..*)?$`, 's').test(name);
}

/** The weights that are included and not excluded, in the order given. */
export function chosenWeights<Weight extends { name: string }>(
  weights: readonly Weight[],
  { include = ['*'], exclude = [] }: WeightChoice,
): Weight[] {
  const isIn = (patterns: readonly string[], { name }: Weight) =>
    patterns.some((pattern) => namesWeight(pattern, name));
  return weights.filter((weight) => isIn(include, weight) && !isIn(exclude, weight));
}

/** What to say of a pattern that names none of the weights. */
export function unmatchedMessage(pattern: string, names: readonly string[]): string {
  return (
    `No weight matrix is called \`${pattern}\`. There are ${shortList(names)}; a layer's name stands for its weights, ` +
    'and `*` for any letters.'
  );
}

/** Long networks have more names than anybody reads. */
const MOST_NAMES = 12;

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

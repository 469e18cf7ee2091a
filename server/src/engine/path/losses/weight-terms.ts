import type { FitObjective } from '../../../spec/experiment';
import { isPrunable, viewOf, type Layout } from '../../network/layout';

/** A term's value at one weight, and its slope there. */
interface WeightTerm {
  value: (weight: number) => number;
  slope: (weight: number) => number;
}

export type WeightTermName = Extract<keyof FitObjective['loss'], 'l1' | 'l2'>;

/** The terms of a loss that weights decide: sums over all weight matrices; biases stay free. */
const WEIGHT_TERMS: Readonly<Record<WeightTermName, WeightTerm>> = {
  l1: { value: Math.abs, slope: Math.sign },
  l2: { value: (weight) => weight ** 2 / 2, slope: (weight) => weight },
};

/**
 * Adds a weighted term's gradient.
 * @returns the weighted value
 */
export function addWeightTerm(
  name: WeightTermName,
  weight: number,
  layout: Layout,
  weights: Float32Array,
  gradient: Float32Array,
): number {
  if (weight === 0) return 0;
  const { value, slope } = WEIGHT_TERMS[name];
  let total = 0;
  for (const entry of layout.entries.filter(isPrunable)) {
    const into = viewOf(entry, gradient);
    viewOf(entry, weights).forEach((w, i) => {
      total += value(w);
      into[i] = (into[i] ?? 0) + weight * slope(w);
    });
  }
  return weight * total;
}

import { randomStart, signStep, type Attack } from './attack';

/** Projected gradient descent from a random start (Madry et al., arXiv 1706.06083). */
export const pgd: Attack = async (loss, inputs, limits, random) => {
  let changed = randomStart(inputs, limits, random);
  for (let step = 0; step < limits.steps; step++) {
    const { gradient } = await loss(changed);
    changed = signStep(changed, gradient, limits.stepSize, inputs, limits);
  }
  return changed;
};

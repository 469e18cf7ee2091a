import { signStep, type Attack } from './attack';

/** The fast gradient sign method (Goodfellow et al., arXiv 1412.6572): one step of the largest length. */
export const fgsm: Attack = async (loss, inputs, limits) => {
  const { gradient } = await loss(inputs);
  return signStep(inputs, gradient, limits.epsilon, inputs, limits);
};

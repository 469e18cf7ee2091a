/** Nesterov's look-ahead goes along the momentum, so there must be one. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const nesterov: Rule = ({ document, facts }) =>
  facts.optimizers
    .filter(({ value }) => value['nesterov'] === true && value['momentum'] === 0)
    .map(({ pointer }) => {
      const message =
        '`nesterov` looks ahead along the momentum, but `momentum` is 0. Write a `momentum` such as 0.9, or remove `nesterov`.';
      const range = document.rangeOf(`${pointer}/nesterov`);
      return specError('fip/nesterov-without-momentum', range, message);
    });

/** What may be said of the networks that are trained independently beside a leg. */
import { expect, test } from 'vitest';
import { check, validSpec } from '../language/kit';

const beside = (baseline: string, objective = '{type: diversify, arc_length: 5}') => {
  const spec = validSpec.replace('{type: sparsify, target: 0.8}', objective);
  return `${spec.replace(/expect:[^]*$/, '')}compare: [${baseline}]\n`;
};
const codesOf = async (text: string) => (await check(text)).diagnostics.map(({ code }) => code);

test('they are trained by epochs, as a first network is', async () => {
  const schedule = '{type: step, every: 2, factor: 0.5, unit: epochs}';
  const optimizer = `{type: sgd, learning_rate: 0.1, schedule: ${schedule}}`;
  expect(await codesOf(beside('independent_ensemble'))).toEqual([]);
  expect(
    await codesOf(beside(`{type: independent_ensemble, epochs: 4, optimizer: ${optimizer}}`)),
  ).toEqual([]);
});

test('they have a number of epochs, not of steps, and stand beside legs that find several', async () => {
  expect(await codesOf(beside('{type: independent_ensemble, steps: 4}'))).toEqual([
    'fip/unknown-key',
  ]);
  expect(await codesOf(beside('independent_ensemble', '{type: sparsify, target: 0.8}'))).toEqual([
    'fip/baseline-fits-no-leg',
  ]);
});

import { expect, test } from 'vitest';
import { crossEntropy } from '../../server/src/engine/path/cross-entropy';

test('equals the definition and its gradient equals central differences', () => {
  const logits = Float32Array.of(1, -2, 0.5, 3, 3, -1);
  const labels = Int32Array.of(2, 1);
  const { loss, correct, cotangent } = crossEntropy(logits, labels);
  const exact = (z: readonly number[], label: number) =>
    Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - (z[label] ?? 0);
  const total = (z: Float32Array) => (exact([...z.slice(0, 3)], 2) + exact([...z.slice(3)], 1)) / 2;
  expect(loss).toBeCloseTo(total(logits), 6);
  expect(correct).toBe(0); // of equal scores the first counts
  logits.forEach((value, i) => {
    const [up, down] = [logits.slice(), logits.slice()];
    up[i] = value + 1e-2;
    down[i] = value - 1e-2;
    expect(cotangent[i]).toBeCloseTo((total(up) - total(down)) / 2e-2, 4);
  });
});

test('stays finite for logits that would overflow exp', () => {
  const { loss, cotangent } = crossEntropy(Float32Array.of(5000, -5000), Int32Array.of(1));
  expect(loss).toBe(10000);
  expect([...cotangent]).toEqual([1, -1]);
});

/** N:M patterns hold in PyTorch's order of axes, whatever the shape, and cost as little as they can. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrunable, layoutOf, toNamedTensors } from '../../../server/src/engine/network/layout';
import { projectToSparsity } from '../../../server/src/engine/path/project-to-sparsity';
import { countOf, targetOf } from '../../../server/src/engine/path/pruning/pruning';
import { Random } from '../../../server/src/engine/random';

const layout = layoutOf([
  { name: 'conv.weight', shape: [3, 2, 10, 5], role: 'kernel', fileOrder: [3, 2, 0, 1] },
  { name: 'conv.bias', shape: [5], role: 'vector' },
  { name: 'fc.weight', shape: [8, 7], role: 'kernel', fileOrder: [1, 0] },
  { name: 'depthwise.weight', shape: [3, 3, 1, 6], role: 'kernel', fileOrder: [3, 2, 0, 1] },
]);
const entries = layout.entries.filter(isPrunable);
const random = Random.of('pattern');
const weights = Float32Array.from({ length: layout.size }, () => random.normal());

/** The groups of consecutive inputs, as a reader of the saved file finds them. */
function groupsOf(vector: Float32Array, size: number): number[][] {
  const tensors = toNamedTensors(layout, vector).filter(({ name }) => name.endsWith('weight'));
  return tensors.flatMap(({ shape, values }) => {
    const [outputs = 0, inputs = 0, ...filter] = shape;
    const places = filter.reduce((a, b) => a * b, 1);
    const at = (o: number, i: number, p: number) => values[(o * inputs + i) * places + p] ?? NaN;
    const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
    return numbers(outputs).flatMap((o) =>
      numbers(places).flatMap((p) =>
        numbers(Math.ceil(inputs / size)).map((g) =>
          numbers(Math.min(size, inputs - g * size)).map((i) => at(o, g * size + i, p)),
        ),
      ),
    );
  });
}

const left = (group: readonly number[]) => group.filter((value) => value !== 0);
const patterns = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([keep, more]) => ({ keep, of: keep + more }));

describe('a pattern', () => {
  test.each(['global', 'layer'] as const)('holds exactly at its end, scope %s', (scope) => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const pruning = { entries, scope, pattern };
        const target = targetOf(pruning, undefined);
        const projected = projectToSparsity(pruning, weights, target);
        const before = groupsOf(weights, pattern.of);
        groupsOf(projected, pattern.of).forEach((group, i) => {
          const largest = [...(before[i] ?? [])].sort((a, b) => Math.abs(b) - Math.abs(a));
          const kept = new Set(largest.slice(0, pattern.keep));
          expect(group).toEqual((before[i] ?? []).map((value) => (kept.has(value) ? value : 0)));
        });
        const zeros = projected.filter((value) => value === 0).length;
        expect(zeros / countOf(pruning)).toBeCloseTo(target, 12);
      }),
    );
  });

  test('of 2:4 on inputs that 4 divides leaves half', () => {
    const pruning = { entries: entries.slice(1, 2), scope: 'global' as const };
    expect(targetOf({ ...pruning, pattern: { keep: 2, of: 4 } }, undefined)).toBe(0.5);
  });

  test('half way has half its zeros, all of them where the pattern will have them', () => {
    const pruning = { entries, scope: 'global', pattern: { keep: 1, of: 4 } } as const;
    const target = targetOf(pruning, undefined);
    const half = projectToSparsity(pruning, weights, target / 2);
    const whole = projectToSparsity(pruning, weights, target);
    const zeros = (vector: Float32Array) => vector.filter((value) => value === 0).length;
    expect(zeros(half)).toBe(Math.round(zeros(whole) / 2));
    half.forEach((value, i) => {
      if (value === 0) expect(whole[i]).toBe(0);
    });
  });

  test('keeps zeros that are there and zeroes as few others as it can', () => {
    const sparse = weights.map((value, i) => (i % 2 === 0 ? 0 : value));
    const pruning = { entries, scope: 'global', pattern: { keep: 2, of: 4 } } as const;
    const projected = projectToSparsity(pruning, sparse, targetOf(pruning, undefined));
    const before = groupsOf(sparse, 4);
    groupsOf(projected, 4).forEach((group, i) => {
      expect(left(group)).toHaveLength(Math.min(2, left(before[i] ?? []).length));
    });
  });
});

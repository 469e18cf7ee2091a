/** The two places where conjugate gradients keep their vectors, the host and the device, take the same iterates. */
import { describe, expect, test } from 'vitest';
import type { Backend, Tensor } from '../../server/src/engine/backends/backend';
import { solveOnDevice } from '../../server/src/engine/geometry/device-conjugate-gradients';
import { solveOnHost } from '../../server/src/engine/geometry/host-conjugate-gradients';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';

const [SAMPLES, OUTPUTS, RANK] = [30, 4, 20];
const size = SAMPLES * OUTPUTS;

function normals(name: string, count: number): Float32Array {
  const random = Random.of('cg', name);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** K = B B^T / RANK of low rank, and b. */
function problemOn(backend: Backend) {
  const factor = backend.tensor(normals('B', size * RANK), [size, RANK]);
  const kernel = (u: Tensor) =>
    backend.tidy(() => {
      const column = backend.reshape(u, [size, 1]);
      const inner = backend.matMul(factor, column, { transposeA: true });
      const product = backend.scale(backend.matMul(factor, inner), 1 / RANK);
      return backend.reshape(product, [SAMPLES, OUTPUTS]);
    });
  const rightHandSide = backend.tensor(normals('b', size), [SAMPLES, OUTPUTS]);
  return { kernel, damping: 0.3, rightHandSide };
}

const cases = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

describe.each(cases)('conjugate gradients on $on', ({ backend }) => {
  test.each([1, 2, 4])('agree after %d iterations', (iterations) =>
    backend.scope(async () => {
      const rule = { iterations, tolerance: 0 };
      const host = await solveOnHost(backend, problemOn(backend), rule);
      const device = await solveOnDevice(backend, problemOn(backend), rule);
      expect(host.iterations).toBe(iterations);
      expect(device.iterations).toBe(iterations);
      for (const part of ['z', 'residual'] as const) {
        const expected = await backend.read(device[part]);
        expect(relativeError(await backend.read(host[part]), [...expected])).toBeLessThan(3e-4);
      }
    }),
  );

  test.each(['host', 'device'] as const)(
    'go on from a solution on the %s: they end at the same one, sooner, and at once where it is exact',
    (place) =>
      backend.scope(async () => {
        const solve = place === 'host' ? solveOnHost : solveOnDevice;
        const rule = { iterations: 60, tolerance: 1e-4 };
        const problem = problemOn(backend);
        const rough = await solve(backend, problem, { ...rule, iterations: 4 });
        const cold = await solve(backend, problem, rule);
        const from = async ({ z, first }: { z: Tensor; first: number }) =>
          solve(backend, { ...problem, start: { z: await backend.read(z), first } }, rule);
        const warm = await from(rough);
        expect(warm.iterations).toBeLessThan(cold.iterations);
        expect(warm.first).toBe(rough.first);
        expect(warm.relativeResidual).toBeLessThan(1e-4);
        // What z has in the null space of K moves no weights.
        const kz = (z: Tensor) => backend.read(problem.kernel(z));
        expect(relativeError(await kz(warm.z), [...(await kz(cold.z))])).toBeLessThan(1e-3);
        const again = await from(cold);
        expect(again.iterations).toBe(0);
        expect(await backend.read(again.z)).toEqual(await backend.read(cold.z));
      }),
  );

  test('stop at the same iterate, with the same residual, once it is small enough', () =>
    backend.scope(async () => {
      const rule = { iterations: 40, tolerance: 1e-3 };
      const host = await solveOnHost(backend, problemOn(backend), rule);
      const device = await solveOnDevice(backend, problemOn(backend), rule);
      expect(host.iterations).toBeLessThan(40);
      expect(host.iterations).toBe(device.iterations);
      expect(host.relativeResidual).toBeLessThan(1e-3);
      expect(host.relativeResidual / device.relativeResidual).toBeCloseTo(1, 1);
      const z = await backend.read(host.z);
      const [kz, b] = [
        await backend.read(problemOn(backend).kernel(host.z)),
        await backend.read(problemOn(backend).rightHandSide),
      ];
      const residual = b.map((value, i) => value - kz[i]! - 0.3 * z[i]!);
      expect(relativeError(await backend.read(host.residual), [...residual])).toBeLessThan(1e-3);
    }));
});

import type { Backend, Tensor } from '../backends/backend';
import { axpy, dot } from '../vector';
import type { SampleProblem, SampleSolution, StoppingRule } from './sample-problem';

/**
 * The conjugate gradients of `solveInSampleSpace` for a device that reads cost nothing on. Only products with K are computed
 * there: the vectors are short, and forty small operations an iteration took longer than their arithmetic (measured: a
 * tenth of a step of LeNet-300-100). Scalar products are summed in float64.
 */
export async function solveOnHost(
  backend: Backend,
  { kernel, damping, rightHandSide, start }: SampleProblem,
  { iterations: most, tolerance }: StoppingRule,
): Promise<SampleSolution> {
  const { shape } = rightHandSide;
  const apply = (u: Float32Array) =>
    backend.scope(() => backend.read(kernel(backend.tensor(u, shape))));
  // A copy: what is read can be the very array that the tensor was made of, and r is changed in place.
  const r = (await backend.read(rightHandSide)).slice();
  const z = start ? start.z.slice() : new Float32Array(r.length);
  if (start) {
    axpy(-1, await apply(z), r);
    axpy(-damping, z, r);
  }
  const kr = await apply(r);
  const [p, q] = [r.slice(), kr.slice()];
  let residual = dot(r, kr);
  const first = start ? start.first : residual;
  let iterations = 0;
  while (iterations < most && residual > tolerance ** 2 * first) {
    // |A^T p|^2_(g + lambda). Not positive only where rounding has eaten the residual: then nothing is left to remove.
    const curvature = dot(q, q) + damping * dot(p, q);
    if (!(curvature > 0)) break;
    const alpha = residual / curvature;
    axpy(alpha, p, z);
    axpy(-alpha, q, r);
    axpy(-alpha * damping, p, r);
    iterations++;
    // The last iterate's own residual would cost one more product with K, and change nothing.
    if (iterations === most) break;
    const kq = await apply(q);
    axpy(-alpha, kq, kr);
    axpy(-alpha * damping, q, kr);
    const next = dot(r, kr);
    extrapolate(next / residual, p, r);
    extrapolate(next / residual, q, kr);
    residual = next;
  }
  const relativeResidual = first > 0 ? Math.sqrt(Math.max(residual, 0) / first) : 0;
  return { ...tensorsOf(backend, { z, residual: r }, shape), iterations, first, relativeResidual };
}

/** x = y + a x */
function extrapolate(a: number, x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] = (y[i] ?? 0) + a * (x[i] ?? 0);
}

function tensorsOf(
  backend: Backend,
  { z, residual }: Record<'z' | 'residual', Float32Array>,
  shape: readonly number[],
): Record<'z' | 'residual', Tensor> {
  return { z: backend.tensor(z, shape), residual: backend.tensor(residual, shape) };
}

import { readScalar, type Backend, type Tensor } from '../backends/backend';
import type { SampleProblem, SampleSolution, StoppingRule } from './sample-problem';

/**
 * The conjugate gradients of `solveInSampleSpace` for a device that is slow to read from. All scalars stay there. Once the
 * stopping rule holds, `alive` turns 0 and further iterations change nothing: the result does not depend on how often
 * the host looks.
 */
export async function solveOnDevice(
  backend: Backend,
  problem: SampleProblem,
  rule: StoppingRule,
): Promise<SampleSolution> {
  const constants = prepare(backend, problem, rule);
  let state = firstState(backend, constants);
  for (let count = 0; count < rule.iterations; count++) {
    const look = count % backend.readInterval === 0;
    if (look && (await readScalar(backend, state.alive)) !== 1) break;
    const next = iterate(backend, problem, constants, state);
    release(backend, state, constants);
    state = next;
  }
  const first = await readScalar(backend, constants.first);
  const last = Math.max(await readScalar(backend, state.residual), 0);
  return {
    z: state.z,
    residual: state.r,
    iterations: await readScalar(backend, state.iterations),
    first,
    relativeResidual: first > 0 ? Math.sqrt(last / first) : 0,
  };
}

/** What does not change: what is begun with, and |A^T residual|^2 of the problem begun at 0 and at which it is enough. */
interface Constants {
  /** z, and the residual r and K r there. */
  z: Tensor;
  r: Tensor;
  kr: Tensor;
  first: Tensor;
  enough: Tensor;
  one: Tensor;
}

/** z, the residual r and K r, the direction p and q = K p, each [N, m]; and scalars. */
interface State {
  z: Tensor;
  r: Tensor;
  kr: Tensor;
  p: Tensor;
  q: Tensor;
  /** |A^T r|^2 */
  residual: Tensor;
  /** 1 while the stopping rule does not hold, 0 from then on. */
  alive: Tensor;
  /** How many iterations were made while alive. */
  iterations: Tensor;
}

function prepare(backend: Backend, problem: SampleProblem, { tolerance }: StoppingRule): Constants {
  const { rightHandSide: b, start, damping, kernel } = problem;
  const scalar = (value: number) => backend.tensor(Float32Array.of(value), []);
  return backend.tidy(() => {
    const z = start ? backend.tensor(start.z, b.shape) : backend.scale(b, 0);
    const left = () => backend.add(kernel(z), backend.scale(z, damping));
    const r = start ? backend.subtract(b, left()) : backend.scale(b, 1);
    const kr = kernel(r);
    const first = start ? scalar(start.first) : backend.dot(r, kr);
    return { z, r, kr, first, enough: backend.scale(first, tolerance ** 2), one: scalar(1) };
  });
}

function firstState(backend: Backend, { z, r, kr, enough, one }: Constants): State {
  return backend.tidy(() => {
    const residual = backend.dot(r, kr);
    return {
      ...{ z, r, kr, p: r, q: kr, residual },
      alive: backend.step(backend.subtract(residual, enough)),
      iterations: backend.scale(one, 0),
    };
  });
}

function iterate(
  backend: Backend,
  problem: SampleProblem,
  { enough, one }: Constants,
  { z, r, kr, p, q, ...before }: State,
): State {
  const { damping } = problem;
  return backend.tidy(() => {
    const damped = backend.add(q, backend.scale(p, damping));
    // |A^T p|^2_(g + lambda). Not positive only where rounding has eaten the residual: then nothing is left to remove.
    const curvature = backend.dot(q, damped);
    const alive = backend.multiply(before.alive, backend.step(curvature));
    const dead = backend.subtract(one, alive);
    const over = (a: Tensor, b: Tensor) => backend.divide(a, backend.add(backend.relu(b), dead));
    const alpha = over(backend.multiply(alive, before.residual), curvature);
    const next = {
      z: backend.add(z, backend.multiply(p, alpha)),
      r: backend.subtract(r, backend.multiply(damped, alpha)),
      kr: backend.subtract(
        kr,
        backend.multiply(backend.add(problem.kernel(q), backend.scale(q, damping)), alpha),
      ),
    };
    const residual = backend.dot(next.r, next.kr);
    const beta = over(residual, before.residual);
    return {
      ...next,
      p: backend.add(next.r, backend.multiply(p, beta)),
      q: backend.add(next.kr, backend.multiply(q, beta)),
      residual,
      alive: backend.multiply(alive, backend.step(backend.subtract(residual, enough))),
      iterations: backend.add(before.iterations, alive),
    };
  });
}

/** A state's tensors, but for those that it shares with the constants, are of no use once the next state is there. */
function release(backend: Backend, state: State, constants: Constants): void {
  const kept = new Set<Tensor>(Object.values(constants));
  const tensors = Object.values(state) as Tensor[];
  backend.dispose(...tensors.filter((tensor) => !kept.has(tensor)));
}

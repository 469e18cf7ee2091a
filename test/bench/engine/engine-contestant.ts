/** One backend of ours as a contestant of the bench: `node engine-contestant.js BACKEND`. */
import { createInterface } from 'node:readline';
import type { Backend, Tensor } from '../../../server/src/engine/backends/backend';
import { chooseBackend } from '../../../server/src/engine/backends/choose-backend';
import { exactStep } from '../../../server/src/engine/geometry/exact-step';
import { linearise } from '../../../server/src/engine/geometry/linearisation';
import { outputsOf } from '../../../server/src/engine/network/forward';
import { initialWeights, upload, type Network } from '../../../server/src/engine/network/network';
import { createOptimizer } from '../../../server/src/engine/path/optimizers';
import { Random } from '../../../server/src/engine/random';
import { caseOf } from './cases';
import { MOST_SECONDS, TIMED, WARM_UPS, type Answer, type Ready, type Request } from './messages';
import { median } from './results';
import { logitsMetric } from '../../engine/logits-metric';

/** A network at a point, a batch for it, and a direction in weight space. */
interface Setting {
  backend: Backend;
  network: Network;
  weights: Float32Array;
  direction: Float32Array;
  inputs: Tensor;
  cotangent: Tensor;
  request: Request;
}

/** Prepares what is not timed, and returns what is. */
type Timed = (setting: Setting) => () => Promise<void>;

const OPERATIONS: Record<string, Timed> = {
  matmul({ backend }) {
    const a = backend.tensor(normals(1024 ** 2, 'a'), [1024, 1024]);
    return async () => finish(backend, backend.matMul(a, a));
  },
  forward({ backend, network, weights, inputs }) {
    const parameters = upload(backend, network, weights);
    return async () => finish(backend, outputsOf(backend, network, parameters, inputs));
  },
  gradient({ backend, network, weights, inputs, cotangent }) {
    return async () => {
      await linearise(backend, network, weights, inputs).vjp(cotangent);
    };
  },
  metric_product({ backend, network, weights, inputs, direction }) {
    const metric = logitsMetric(backend, linearise(backend, network, weights, inputs), 1);
    return async () => {
      await metric.applyTransposed(metric.apply(direction));
    };
  },
  exact_step({ backend, network, weights, inputs, direction, request: { iterations } }) {
    const rule = { iterations, tolerance: 0 };
    return async () => {
      const linearisation = linearise(backend, network, weights, inputs);
      const metric = logitsMetric(backend, linearisation, iterations + 2);
      await exactStep(backend, { metric, direction, damping: 0.1 }, rule);
    };
  },
  adam_step({ backend, network, weights, inputs, cotangent }) {
    const betas = [0.9, 0.999];
    const optimizer = createOptimizer(
      { type: 'adam', learning_rate: 1e-3, betas, epsilon: 1e-8 },
      weights.length,
      { updates: 1000 },
    );
    const moved = weights.slice();
    return async () => {
      const gradient = await linearise(backend, network, moved, inputs).vjp(cotangent);
      optimizer.update(moved, gradient);
    };
  },
};

/** Reads one number, so that the device has done its work. */
async function finish(backend: Backend, result: Tensor): Promise<void> {
  await backend.read(backend.slice(backend.reshape(result, [result.size]), [0], [1]));
}

function normals(count: number, name: string): Float32Array {
  const random = Random.of('bench', name);
  return Float32Array.from({ length: count }, () => random.normal());
}

async function answer(backend: Backend, request: Request): Promise<Answer> {
  const timed = OPERATIONS[request.operation];
  if (!timed) return { error: `There is no operation '${request.operation}'.` };
  const network = caseOf(request.network).build();
  const { samples } = request;
  return backend.scope(async () => {
    const setting = {
      ...{ backend, network, request },
      weights: initialWeights(network, Random.of('bench', 'weights')),
      direction: normals(network.layout.size, 'direction'),
      inputs: backend.tensor(normals(samples * network.inputs, 'inputs'), [
        samples,
        network.inputs,
      ]),
      cotangent: backend.tensor(normals(samples * network.outputs, 'u'), [
        samples,
        network.outputs,
      ]),
    };
    const run = timed(setting);
    return { seconds: { ours: await timeOf(() => backend.scope(run)) } };
  });
}

/** The median seconds of several calls, after some that do not count. */
async function timeOf(run: () => Promise<void>): Promise<number> {
  const once = async () => {
    const began = performance.now();
    await run();
    return (performance.now() - began) / 1000;
  };
  const began = performance.now();
  const isLong = () => performance.now() - began > 1000 * MOST_SECONDS;
  await once();
  for (let i = 1; i < WARM_UPS && !isLong(); i++) await once();
  const times = [await once()];
  while (times.length < TIMED && !isLong()) times.push(await once());
  return median(times);
}

function say(message: Ready | Answer): void {
  process.stdout.write(JSON.stringify(message) + '\n');
}

async function main(name: string): Promise<void> {
  const { backend } = await chooseBackend(name);
  say({ ready: backend.name, device: backend.device });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say(await answer(backend, JSON.parse(line) as Request));
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  }
}

main(process.argv[2] ?? 'wasm').catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

import type { Backend, Tensor } from '../../backends/backend';
import type { Random } from '../../random';
import type { Layer, ParameterSpec, WeightRules } from './layer';

/** y = x W + b with x [N, inputs], W [inputs, outputs], b [outputs]. */
export function dense(name: string, inputs: number, outputs: number, gain: number): Layer {
  return {
    name,
    outputShape: [outputs],
    parameters: [weight(inputs, outputs, gain), bias(outputs)],
    forward(backend, [w, b], input) {
      const output = backend.add(backend.matMul(input, at(w)), at(b));
      return { output, saved: [input] };
    },
    jvpInput: (backend, [w], _point, tangent) => backend.matMul(tangent, at(w)),
    vjpInput: (backend, [w], _point, cotangent) =>
      backend.matMul(cotangent, at(w), { transposeB: true }),
    weights: denseWeightRules(inputs, outputs),
  };
}

function weight(inputs: number, outputs: number, gain: number): ParameterSpec {
  const deviation = gain / Math.sqrt(inputs);
  return {
    name: 'weight',
    shape: [inputs, outputs],
    initialize: (random: Random) =>
      Float32Array.from({ length: inputs * outputs }, () => deviation * random.normal()),
  };
}

function bias(outputs: number): ParameterSpec {
  return { name: 'bias', shape: [outputs], initialize: () => new Float32Array(outputs) };
}

function denseWeightRules(inputs: number, outputs: number): WeightRules {
  return {
    jvp: (backend, { saved: [x] }, [dw, db]) => backend.add(backend.matMul(at(x), at(dw)), at(db)),
    vjp: (backend, { saved: [x] }, cotangent) => [
      backend.matMul(at(x), cotangent, { transposeA: true }),
      backend.sumRows(cotangent),
    ],
    kernel: (backend, { saved: [x] }, uses) =>
      isGramCheaper(at(x).shape[0] ?? 0, inputs, outputs, uses)
        ? gramKernel(backend, at(x))
        : factoredKernel(backend, at(x)),
  };
}

/** Multiply-adds of building X X^T once and using it, against X (X^T u) each time. */
function isGramCheaper(samples: number, inputs: number, outputs: number, uses: number): boolean {
  return samples * (inputs + uses * outputs) < 2 * uses * inputs * outputs;
}

/** u -> (X X^T + 1) u with the [N, N] Gram matrix of the inputs; the 1 is the bias. */
function gramKernel(backend: Backend, x: Tensor): (cotangent: Tensor) => Tensor {
  const one = backend.tensor(Float32Array.of(1), []);
  const gram = backend.add(backend.matMul(x, x, { transposeB: true }), one);
  return (cotangent) => backend.matMul(gram, cotangent);
}

/** u -> X (X^T u) + 1^T u. */
function factoredKernel(backend: Backend, x: Tensor): (cotangent: Tensor) => Tensor {
  return (cotangent) =>
    backend.add(
      backend.matMul(x, backend.matMul(x, cotangent, { transposeA: true })),
      backend.sumRows(cotangent),
    );
}

function at(tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new TypeError('A dense layer was given fewer tensors than it has weights.');
  return tensor;
}

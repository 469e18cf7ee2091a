import type { Backend, Tensor } from '../../backends/backend';
import { ShapeError, type Layer, type LayerFactory } from './layer';
import { softmaxTangent } from './softmax';
import { at, shapeText } from './unary';

/** So much less for a masked token that its probability is 0. */
const MASKED = -1e9;

/**
 * Scaled dot-product attention of several heads (Vaswani et al., 2017): queries, keys and values [L, width], and a mask
 * [L] where one is given, 1 for tokens and 0 for padding. -> [L, width]. The dense layers around it are layers of their own.
 */
export function attention(heads: number): LayerFactory {
  return (shape = []) => {
    const [length = 0, width = 0] = shape;
    checkHeads(shape, heads);
    const rules = attentionRules(new Heads(heads, length, width));
    const multiplyAdds = 2 * length ** 2 * width;
    return { ...rules, outputShape: shape, parameters: [], multiplyAdds };
  };
}

function checkHeads(shape: readonly number[], heads: number): void {
  if (shape.length !== 2) throw new ShapeError(`needs tokens and is given ${shapeText(shape)}`);
  if ((shape[1] ?? 0) % heads !== 0)
    throw new ShapeError(`cannot split a width of ${shape[1] ?? 0} into ${heads} heads`);
}

/** The passage between [N, L, width] and [N, heads, L, width / heads]. */
class Heads {
  readonly scale: number;

  constructor(
    private readonly heads: number,
    private readonly length: number,
    private readonly width: number,
  ) {
    this.scale = 1 / Math.sqrt(width / heads);
  }

  split(backend: Backend, x: Tensor): Tensor {
    const { heads, length, width } = this;
    const parts = backend.reshape(x, [x.shape[0] ?? 0, length, heads, width / heads]);
    return backend.transpose(parts, [0, 2, 1, 3]);
  }

  join(backend: Backend, x: Tensor): Tensor {
    const joined = backend.transpose(x, [0, 2, 1, 3]);
    return backend.reshape(joined, [x.shape[0] ?? 0, this.length, this.width]);
  }
}

type Rules = Pick<Layer, 'forward' | 'jvpInput' | 'vjpInput'>;

/** Saved at a point: queries, keys and values by heads, and the probabilities. */
function attentionRules(heads: Heads): Rules {
  const byTransposed = { transposeB: true } as const;
  const transposedBy = { transposeA: true } as const;
  return {
    forward({ backend }, _parameters, inputs) {
      const [q, k, v] = [0, 1, 2].map((i) => heads.split(backend, at(inputs, i))) as Triple;
      const scores = backend.scale(backend.matMul(q, k, byTransposed), heads.scale);
      const p = backend.softmax(masked(backend, scores, inputs[3]));
      return { output: heads.join(backend, backend.matMul(p, v)), saved: [q, k, v, p] };
    },
    jvpInput(backend, { saved }, tangents) {
      const [q, k, v, p] = saved as Quadruple;
      const [dq, dk, dv] = [0, 1, 2].map((i) => {
        const tangent = tangents[i];
        return tangent && heads.split(backend, tangent);
      });
      const sum = adder(backend);
      const ds = sum(
        dq && backend.matMul(dq, k, byTransposed),
        dk && backend.matMul(q, dk, byTransposed),
      );
      const dp = ds && softmaxTangent(backend, p, backend.scale(ds, heads.scale));
      const out = sum(dp && backend.matMul(dp, v), dv && backend.matMul(p, dv));
      return heads.join(backend, at([out], 0));
    },
    vjpInput(backend, { saved }, cotangent) {
      const [q, k, v, p] = saved as Quadruple;
      const c = heads.split(backend, cotangent);
      const cs = backend.scale(
        softmaxTangent(backend, p, backend.matMul(c, v, byTransposed)),
        heads.scale,
      );
      const parts = [
        backend.matMul(cs, k),
        backend.matMul(cs, q, transposedBy),
        backend.matMul(p, c, transposedBy),
      ];
      return parts.map((part) => heads.join(backend, part));
    },
  };
}

type Triple = [Tensor, Tensor, Tensor];
type Quadruple = [Tensor, Tensor, Tensor, Tensor];

function adder(backend: Backend) {
  return (a: Tensor | undefined, b: Tensor | undefined) => (a && b ? backend.add(a, b) : (a ?? b));
}

/** Scores [N, heads, L, L], far lower where the token that is looked at is padding. */
function masked(backend: Backend, scores: Tensor, mask: Tensor | undefined): Tensor {
  if (!mask) return scores;
  const [samples = 0, length = 0] = mask.shape;
  const one = backend.tensor(Float32Array.of(1), []);
  const padding = backend.scale(backend.subtract(one, mask), MASKED);
  return backend.add(scores, backend.reshape(padding, [samples, 1, 1, length]));
}

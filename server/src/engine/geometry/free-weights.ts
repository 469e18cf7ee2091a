import type { Backend, Tensor } from '../backends/backend';
import { viewOf } from '../network/layout';
import type { Network } from '../network/network';
import { applyMask } from '../vector';
import type { Linearisation } from './linearisation';

/**
 * The network as its free weights alone move it: J becomes J M, with M the projection onto them. The metric (J M)^T J M,
 * its eigenvalues and the steps found with it are those of the network without its other weights, and J M has no part of
 * a direction in those.
 * @param free in weight space, 1 for weights that may move and 0 for the others
 */
export function ofFreeWeights(
  backend: Backend,
  network: Network,
  linearisation: Linearisation,
  free: Float32Array,
): Linearisation {
  const masks = masksOf(backend, network, free);
  const masked = (parts: MaybeTensors): MaybeTensors =>
    parts.map((part, entry) => {
      const mask = masks[entry];
      return part && mask ? backend.multiply(part, mask) : part;
    });
  return {
    ...linearisation,
    masks,
    jvp: (direction) => linearisation.jvp(masking(free, direction.slice())),
    tangents: (parts) => backend.tidy(() => linearisation.tangents(masked(parts))),
    cotangents: (u) => backend.tidy(() => masked(linearisation.cotangents(u))),
    squaredCotangents: (u) => backend.tidy(() => masked(linearisation.squaredCotangents(u))),
    vjp: async (u) => masking(free, await linearisation.vjp(u)),
    // The kernels of single layers know of no mask: here each product goes through the space of weights.
    kernel: () => (u) =>
      backend.tidy(() => linearisation.tangents(masked(linearisation.cotangents(u)))),
  };
}

type MaybeTensors = readonly (Tensor | undefined)[];

/** By layout entry; none where all of its weights are free. */
function masksOf(backend: Backend, { layout }: Network, free: Float32Array): MaybeTensors {
  return layout.entries.map((entry) => {
    const part = viewOf(entry, free);
    return part.includes(0) ? backend.tensor(part, entry.shape) : undefined;
  });
}

function masking(free: Float32Array, vector: Float32Array): Float32Array {
  applyMask(free, vector);
  return vector;
}

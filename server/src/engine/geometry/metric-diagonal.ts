import type { Backend, Tensor } from '../backends/backend';
import { isPrunable } from '../network/layout';
import { download, type Network } from '../network/network';
import type { Random } from '../random';
import type { Embedding } from './distances/output-distance';
import type { Linearisation } from './linearisation';

/** Networks with more outputs than this are probed at random, output by output would take too long. */
const MOST_OUTPUTS = 64;
/** Random probes of layers that have no rule of their own: a diagonal entry is then right to about a third. */
const PROBES = 16;

/**
 * The diagonal of the metric, g_ii = (1/N) sum over samples n and outputs k of (S_n J_n)_ki^2, for weight matrices and
 * filters, in weight space. Exact where a layer tells its samples' squared cotangents (dense layers that see a sample
 * once); for all others by random signs s, of which E (A^T s)_i^2 = g_ii (Hutchinson; Bekas et al., 2007).
 * @param embedding that of the output distance, at the linearisation's outputs
 */
export async function metricDiagonal(
  backend: Backend,
  network: Network,
  linearisation: Linearisation,
  { cotangent }: Embedding,
  random: Random,
): Promise<Float32Array> {
  const { shape } = linearisation.outputs;
  const [samples = 1, outputs = 1] = shape;
  const signs = () => backend.tensor(randomSigns(random, samples * outputs), shape);
  const exact = meanOver(backend, outputsToAsk(backend, shape, signs), (u) =>
    linearisation.squaredCotangents(cotangent(u)),
  );
  const isMissing = network.layout.entries.map((entry, i) => isPrunable(entry) && !exact[i]);
  const count = isMissing.includes(true) ? PROBES : 0;
  const probes = Array.from({ length: count }, () => signs);
  const probed = meanOver(backend, probes, (u) => {
    const found = linearisation.cotangents(cotangent(u));
    return found.map((a, i) => (a && isMissing[i] ? backend.multiply(a, a) : undefined));
  });
  const both = exact.map((tensor, entry) => tensor ?? probed[entry]);
  const diagonal = await download(backend, network, both);
  backend.dispose(...both.filter((tensor) => tensor !== undefined));
  return diagonal.map((value) => value / samples);
}

type MaybeTensors = readonly (Tensor | undefined)[];
type Probe = () => Tensor;

/** Each output by itself, weighted so that the mean over them is their sum; or as many random mixtures. */
function outputsToAsk(backend: Backend, shape: readonly number[], signs: Probe): Probe[] {
  const [samples = 1, outputs = 1] = shape;
  if (outputs > MOST_OUTPUTS) return Array.from({ length: MOST_OUTPUTS }, () => signs);
  return Array.from({ length: outputs }, (_, output) => () => {
    const one = new Float32Array(samples * outputs);
    for (let row = 0; row < samples; row++) one[row * outputs + output] = Math.sqrt(outputs);
    return backend.tensor(one, shape);
  });
}

/** The mean of what is found for the probes, an entry of the layout at a time. */
function meanOver(
  backend: Backend,
  probes: readonly Probe[],
  find: (u: Tensor) => MaybeTensors,
): MaybeTensors {
  let sums: MaybeTensors = [];
  for (const probe of probes) {
    const before = sums;
    sums = backend.tidy(() =>
      find(probe()).map((found, entry) => {
        const mean = found && backend.scale(found, 1 / probes.length);
        const sum = before[entry];
        return mean && sum ? backend.add(sum, mean) : mean;
      }),
    );
    backend.dispose(...before.filter((tensor) => tensor !== undefined));
  }
  return sums;
}

function randomSigns(random: Random, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => (random.next() < 0.5 ? -1 : 1));
}

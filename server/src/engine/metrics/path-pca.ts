import type { PathPca } from '../../protocol/generated';
import { principalComponents } from '../geometry/principal-components';
import type { Run } from '../run';
import type { NetworkRecord } from '../run-record';
import { finite } from './measure';

/** Networks that take part, at most, the baselines' ends left aside. */
const MOST_NETWORKS = 200;

/** Remembers a network whose weights were written, where the spec asks for principal components. */
export function noteNetwork({ context, record }: Run, network: NetworkRecord): void {
  if (context.experiment.measure?.pca) record.networks = [...(record.networks ?? []), network];
}

/** Takes the principal components of all networks noted so far, reports them and keeps them for the report. */
export function takePca({ context, record }: Run): void {
  const networks = thinned(record.networks ?? []);
  const read = (index: number) => flat(context.host.readWeights(networks[index]?.file ?? ''));
  const { explained, coordinates } = principalComponents(networks.length, read, 3);
  const pca: PathPca = {
    explained: explained.map(finite),
    points: networks.map(({ file: _file, ...place }, i) => {
      const [x, y, z] = (coordinates[i] ?? []).map(finite);
      return { ...place, x: x ?? 0, y: y ?? 0, z: z ?? 0 };
    }),
  };
  record.pca = pca;
  context.host.emit({ event: 'pca', pca });
}

/** Evenly, the first and the last one and all baselines included. */
function thinned(networks: readonly NetworkRecord[]): NetworkRecord[] {
  const every = Math.ceil(networks.length / MOST_NETWORKS);
  return networks.filter(
    ({ baseline }, i) => baseline !== undefined || i % every === 0 || i === networks.length - 1,
  );
}

/** Files hold the weights in an order of their own, which distances do not depend on. */
function flat(tensors: readonly { values: Float32Array }[]): Float32Array {
  const whole = new Float32Array(tensors.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of tensors) {
    whole.set(values, offset);
    offset += values.length;
  }
  return whole;
}

import type { Random } from '../../random';
import { sizeOf } from './unary';

type Initialize = (random: Random) => Float32Array;

/** Normal numbers with this standard deviation. */
export function normals(shape: readonly number[], deviation: number): Initialize {
  return (random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => deviation * random.normal());
}

/** The same number throughout. */
export function constant(shape: readonly number[], value: number): Initialize {
  return () => new Float32Array(sizeOf(shape)).fill(value);
}

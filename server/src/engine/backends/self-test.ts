import { Random } from '../random';
import type { Backend, MatMulOptions } from './backend';

/** Largest error of one element of a product of standard normals, with 131 terms in float32. */
const TOLERANCE = 1e-4;
const [ROWS, INNER, COLUMNS] = [67, 131, 35];

/**
 * Holds matrix products of a backend against float64 loops.
 * @returns what is wrong, in words; undefined where nothing is
 */
export async function selfTest(backend: Backend): Promise<string | undefined> {
  for (const transposeA of [false, true])
    for (const transposeB of [false, true]) {
      const error = await largestError(backend, { transposeA, transposeB });
      if (!(error < TOLERANCE)) return `a matrix product is off by ${error}`;
    }
  return undefined;
}

async function largestError(
  backend: Backend,
  { transposeA = false, transposeB = false }: MatMulOptions,
): Promise<number> {
  const random = Random.of('self-test');
  const a = Float32Array.from({ length: ROWS * INNER }, () => random.normal());
  const b = Float32Array.from({ length: INNER * COLUMNS }, () => random.normal());
  const product = await backend.scope(async () => {
    const left = backend.tensor(a, transposeA ? [INNER, ROWS] : [ROWS, INNER]);
    const right = backend.tensor(b, transposeB ? [COLUMNS, INNER] : [INNER, COLUMNS]);
    return backend.read(backend.matMul(left, right, { transposeA, transposeB }));
  });
  const [aRow, aColumn] = transposeA ? [1, ROWS] : [INNER, 1];
  const [bRow, bColumn] = transposeB ? [1, INNER] : [COLUMNS, 1];
  let largest = 0;
  for (let i = 0; i < ROWS; i++)
    for (let j = 0; j < COLUMNS; j++) {
      let sum = 0;
      for (let l = 0; l < INNER; l++)
        sum += a[i * aRow + l * aColumn]! * b[l * bRow + j * bColumn]!;
      const error = Math.abs(product[i * COLUMNS + j]! - sum);
      // NaN must not pass for small.
      if (!(error <= largest)) largest = error;
    }
  return largest;
}

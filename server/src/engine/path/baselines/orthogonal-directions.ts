import { norm, scaleInPlace } from '../../vector';

/** What is left of a vector by this part or less is rounding error. */
const NOTHING_LEFT = 1e-5;

/** Directions that are taken at once, so that a vector is read once for all of them. */
const AT_ONCE = 4;
const NONE = new Float32Array();

/** Adds what a vector has beyond the orthonormal directions so far, as one more; nothing where it has none. */
export function addDirection(directions: Float32Array[], vector: Float32Array): void {
  const length = norm(vector);
  // Twice, as once leaves more than rounding errors where most of the vector goes.
  removeDirections(directions, vector);
  removeDirections(directions, vector);
  const left = norm(vector);
  if (left <= NOTHING_LEFT * length) return;
  scaleInPlace(1 / left, vector);
  directions.push(vector);
}

/**
 * Takes from a vector what it has along orthonormal directions, in place: some directions together, and from what is left
 * the next ones (Gram-Schmidt by blocks).
 */
export function removeDirections(directions: readonly Float32Array[], vector: Float32Array): void {
  for (let from = 0; from < directions.length; from += AT_ONCE)
    removeBlock(directions.slice(from, from + AT_ONCE), vector);
}

/** Sums are taken in float64. A hot loop: plain names and reads without a default are several times as fast. */
function removeBlock(block: readonly Float32Array[], vector: Float32Array): void {
  const zeros = block.length < AT_ONCE ? new Float32Array(vector.length) : NONE;
  const [a = zeros, b = zeros, c = zeros, d = zeros] = block;
  let [alongA, alongB, alongC, alongD] = [0, 0, 0, 0];
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i]!;
    alongA += a[i]! * value;
    alongB += b[i]! * value;
    alongC += c[i]! * value;
    alongD += d[i]! * value;
  }
  for (let i = 0; i < vector.length; i++)
    vector[i]! -= alongA * a[i]! + alongB * b[i]! + alongC * c[i]! + alongD * d[i]!;
}

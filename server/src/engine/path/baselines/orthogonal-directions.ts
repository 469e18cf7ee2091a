import { axpy, dot, norm, scaleInPlace } from '../../vector';

/** What is left of a vector by this part or less is rounding error. */
const NOTHING_LEFT = 1e-5;

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

/** Takes from a vector what it has along orthonormal directions, in place (modified Gram-Schmidt). */
export function removeDirections(directions: readonly Float32Array[], vector: Float32Array): void {
  for (const direction of directions) axpy(-dot(direction, vector), direction, vector);
}

/**
 * The eigenvalues of the symmetric tridiagonal matrix with this diagonal and off-diagonal, in rising order, by
 * bisection on Sturm counts (Golub and Van Loan, section 8.4). Accurate to about 1e-12 of the spectrum's width.
 */
export function symmetricTridiagonalEigenvalues(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): number[] {
  const [low, high] = gershgorin(diagonal, offDiagonal);
  return diagonal.map((_value, index) => bisect(diagonal, offDiagonal, index, low, high));
}

/** An interval that holds every eigenvalue. */
function gershgorin(diagonal: readonly number[], offDiagonal: readonly number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  diagonal.forEach((value, index) => {
    const radius =
      Math.abs(index > 0 ? (offDiagonal[index - 1] ?? 0) : 0) +
      Math.abs(index < diagonal.length - 1 ? (offDiagonal[index] ?? 0) : 0);
    low = Math.min(low, value - radius);
    high = Math.max(high, value + radius);
  });
  return [low, high];
}

function bisect(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  index: number,
  low: number,
  high: number,
): number {
  for (let pass = 0; pass < 60; pass++) {
    const middle = (low + high) / 2;
    if (countBelow(diagonal, offDiagonal, middle) > index) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** How many eigenvalues are smaller than x: the negative pivots of T - x. */
function countBelow(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  x: number,
): number {
  let count = 0;
  let pivot = 1;
  diagonal.forEach((value, index) => {
    const coupling = index > 0 ? (offDiagonal[index - 1] ?? 0) ** 2 : 0;
    pivot = value - x - coupling / pivot;
    if (pivot === 0) pivot = Number.MIN_VALUE;
    if (pivot < 0) count++;
  });
  return count;
}

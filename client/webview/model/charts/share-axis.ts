/** Where an axis of shares begins and ends, and how far apart its lines are. */
export interface ShareAxis {
  min: number;
  max: number;
  interval: number;
}

/** Never less than a point: a curve that hardly moves shall not look as if it did. */
const INTERVALS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
const MOST_LINES = 5;

/**
 * An axis that holds all values in round per cents and ends at 100 % where they come near it; from 0 where `fromZero`.
 * ECharts' own choice has lines at 90 % and 100 % but none at 75 %.
 */
export function shareAxis(values: readonly number[], fromZero: boolean): ShareAxis {
  const lowest = fromZero ? 0 : Math.min(1, ...values);
  const highest = Math.max(lowest, ...values);
  const interval = INTERVALS.find((step) => lines(lowest, highest, step) <= MOST_LINES) ?? 0.25;
  const min = round(Math.floor(lowest / interval + 1e-9) * interval);
  const max = round(Math.ceil(highest / interval - 1e-9) * interval);
  if (max > min) return { min, max: Math.min(1, max), interval };
  return max + interval > 1
    ? { min: round(max - interval), max, interval }
    : { min, max: round(min + interval), interval };
}

function lines(lowest: number, highest: number, interval: number): number {
  return Math.ceil(highest / interval - 1e-9) - Math.floor(lowest / interval + 1e-9);
}

/** Multiples of an interval without the noise of binary fractions. */
function round(value: number): number {
  return Number(value.toFixed(6));
}

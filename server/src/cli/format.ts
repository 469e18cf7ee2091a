/** What stands where there is no value. */
export const NONE = '–';

type Value = number | null | undefined;

/** A share of 1 as a percentage with one digit: `97.1 %`. */
export function percent(value: Value): string {
  return isNumber(value) ? `${(value * 100).toFixed(1)} %` : NONE;
}

/** A number with three significant digits: `0.0123`, `34.1`, `1.2e-7`. */
export function short(value: Value): string {
  if (!isNumber(value)) return NONE;
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size < 1e-4 || size >= 1e6) return value.toExponential(1);
  return size >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** A duration: `8.2 s`, `2 min 5 s`, `1 h 4 min`. */
export function duration(seconds: Value): string {
  if (!isNumber(seconds)) return NONE;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A count with separators: `266,610`. */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}

/** Cut to `width` characters, with an ellipsis where something is cut. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : characters.slice(0, width - 1).join('') + '…';
}

/** `1 step`, `2 steps`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function isNumber(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

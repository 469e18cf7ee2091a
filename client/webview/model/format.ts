/** Numbers as people read them. A value that is not there or not finite is a dash. */

export type Maybe = number | null | undefined;

/** What stands for a value that was not measured or is not finite. */
export const NOTHING = '–';

const NARROW_SPACE = '\u202f';

/** A share as per cent with one decimal: 0.971 is `97.1 %`. */
export function percent(share: Maybe): string {
  return isNumber(share) ? `${(100 * share).toFixed(1)}${NARROW_SPACE}%` : NOTHING;
}

/** The change of a share in percentage points, with its sign: `+0.3` or `−1.2`; zero is `±0.0`. */
export function points(change: number): string {
  const text = Math.abs(100 * change).toFixed(1);
  return `${text === '0.0' ? '±' : change > 0 ? '+' : '−'}${text}`;
}

/** A number with three significant digits; very small and large ones with an exponent. */
export function number(value: Maybe): string {
  if (!isNumber(value)) return NOTHING;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return value.toExponential(1).replace('e+', 'e');
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** A duration: `4.2 s`, `34 s`, `2 min 5 s`, `1 h 12 min`. */
export function duration(seconds: Maybe): string {
  if (!isNumber(seconds)) return NOTHING;
  if (seconds < 9.95) return `${seconds.toFixed(1)}${NARROW_SPACE}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${NARROW_SPACE}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A count with the separators of the language: 266,610. */
export function count(value: number): string {
  return value.toLocaleString();
}

/** A date and time, short. What is no date stays as it is. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

function isNumber(value: Maybe): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

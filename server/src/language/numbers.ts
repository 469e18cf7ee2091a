/** How measured numbers are written in hovers and hints. */

const shares = ['accuracy', 'accuracy_within', 'sparsity'];

/** `97.1 %` for shares, three digits for the rest, an en dash where nothing was measured. */
export function metricText(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return shares.includes(metric) ? percentText(value) : numberText(value);
}

/** How a metric changed: `−10 pp` (percentage points) for shares; an en dash where one of the two was not measured. */
export function changeText(
  metric: string,
  from: number | null | undefined,
  to: number | null | undefined,
): string {
  if (typeof from !== 'number' || typeof to !== 'number') return '–';
  const change = to - from;
  const size = Math.abs(change);
  const text = shares.includes(metric) ? percentText(size).replace('%', 'pp') : numberText(size);
  const isNone = /^0( pp)?$/.test(text);
  return isNone ? text : `${change < 0 ? '−' : '+'}${text}`;
}

/** A share as per cent with one decimal, which is left out where it is zero. */
export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** Three significant digits, without an exponent where that is short. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return size < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** `0.8 s`, `12 s`, `3 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Curves along the path as a picture of SVG, for a report that nothing is loaded into. */
import { escapeHtml } from './escape-html';

export interface Curve {
  name: string;
  /** Steps along the whole path and a value; null leaves a gap. */
  points: readonly (readonly [x: number, y: number | null])[];
}

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 64;
const TOP = 12;
const RIGHT = 12;
const BOTTOM = 28;
const LINES = 4;
const COLORS = ['#1f77b4', '#d95f02', '#2ca02c', '#7b3fa0', '#c0392b', '#8a6d00'];
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];
/** More points than this add nothing to a picture of this width. */
const MOST_POINTS = 600;

/** The picture with its legend; empty where nothing was measured. `text` writes a value of the upright axis. */
export function reportChart(
  title: string,
  curves: readonly Curve[],
  text: (value: number) => string,
): string {
  const finite = curves.flatMap(({ points }) =>
    points.flatMap(([x, y]) => (y === null ? [] : [[x, y] as const])),
  );
  if (finite.length === 0) return '';
  const right = finite.reduce((most, [x]) => Math.max(most, x), 1);
  const low = finite.reduce((least, [, y]) => Math.min(least, y), Infinity);
  const high = finite.reduce((most, [, y]) => Math.max(most, y), -Infinity);
  const room = high > low ? high - low : Math.abs(high) || 1;
  const px = (x: number) => LEFT + (x / right) * (WIDTH - LEFT - RIGHT);
  const py = (y: number) => TOP + ((high - y) / room) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: LINES + 1 }, (_, line) => {
    const value = high - (room * line) / LINES;
    const y = py(value).toFixed(1);
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 6}" y="${y}" text-anchor="end" dominant-baseline="central">${escapeHtml(text(value))}</text>`;
  });
  const lines = curves.map(({ points }, index) => curveLine(points, index, px, py));
  const end = `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${right}</text><text x="${LEFT}" y="${HEIGHT - 8}">0</text>`;
  const name = `${title}: ${curves.map((curve) => curve.name).join(', ')}`;
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${legend(curves)}<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(name)}">${[...grid, ...lines].join('')}${end}</svg></figure>`;
}

function curveLine(
  points: Curve['points'],
  index: number,
  px: (x: number) => number,
  py: (y: number) => number,
): string {
  const stride = Math.ceil(points.length / MOST_POINTS);
  const drawn = points.filter((_, place) => place % stride === 0 || place === points.length - 1);
  let isDown = false;
  const path = drawn.map(([x, y]) => {
    const move = isDown ? 'L' : 'M';
    isDown = y !== null;
    return y === null ? '' : `${move}${px(x).toFixed(1)} ${py(y).toFixed(1)}`;
  });
  return `<path d="${path.join('')}" ${stroke(index)}/>`;
}

function legend(curves: readonly Curve[]): string {
  const entries = curves.map(
    ({ name }, index) =>
      `<li><svg class="sample" viewBox="0 0 28 8" aria-hidden="true"><path d="M0 4H28" ${stroke(index)}/></svg>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${entries.join('')}</ul>`;
}

function stroke(index: number): string {
  const color = COLORS[index % COLORS.length] ?? '#000';
  const dash = DASHES[index % DASHES.length] ?? '';
  return `fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash || 'none'}"`;
}

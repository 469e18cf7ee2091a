import type { initChart } from './echarts';

type Chart = ReturnType<typeof initChart>;

/** A part of an axis in per cent of its length. */
export interface Window {
  start: number;
  end: number;
}

export const WHOLE: Window = { start: 0, end: 100 };
const STEP = 0.25;

/** The zoom that the keys `+`, `-`, `0` and the arrows ask for; undefined for other keys. */
export function zoomByKey(key: string, { start, end }: Window): Window | undefined {
  const length = end - start;
  switch (key) {
    case '+':
    case '=':
      return { start: start + length * STEP, end: end - length * STEP };
    case '-':
      return { start: Math.max(0, start - length / 2), end: Math.min(100, end + length / 2) };
    case '0':
      return WHOLE;
    case 'ArrowLeft':
      return moved(start, end, -Math.min(start, length * STEP));
    case 'ArrowRight':
      return moved(start, end, Math.min(100 - end, length * STEP));
    default:
      return undefined;
  }
}

function moved(start: number, end: number, by: number): Window {
  return { start: start + by, end: end + by };
}

/** Lets the keyboard zoom and move the picture; `onZoom` hears whether a part is shown. */
export function zoomByKeyboard(
  picture: HTMLElement,
  chart: Chart,
  onZoom: (on: boolean) => void,
): void {
  chart.on('datazoom', () => onZoom(isZoomed(chart)));
  picture.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const next = zoomByKey(key, windowOf(chart));
    if (!next) return;
    event.preventDefault();
    setZoom(chart, next);
  });
}

/** Shows the whole picture again. */
export function resetZoom(chart: Chart): void {
  setZoom(chart, WHOLE);
}

function setZoom(chart: Chart, window: Window): void {
  const { length } = zooms(chart);
  for (let dataZoomIndex = 0; dataZoomIndex < length; dataZoomIndex++)
    chart.dispatchAction({ type: 'dataZoom', dataZoomIndex, ...window });
}

function isZoomed(chart: Chart): boolean {
  return zooms(chart).some(({ start = 0, end = 100 }) => start > 0.01 || end < 99.99);
}

/** The part of the picture that is shown. */
export function windowOf(chart: Chart): Window {
  return { ...WHOLE, ...zooms(chart)[0] };
}

function zooms(chart: Chart): Partial<Window>[] {
  // There is no option before the first drawing, whatever the types say.
  const option = chart.getOption() as Record<string, unknown> | undefined;
  const dataZoom = option?.['dataZoom'];
  return Array.isArray(dataZoom) ? (dataZoom as Partial<Window>[]) : [];
}

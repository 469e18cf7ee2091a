import type { MeasuredSpectrum } from '../../../../server/src/protocol/generated';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import type { PlaneModel, PlanePoint } from './chart-model';

/** So many spectra are drawn at first; the others wait in the legend. */
const DRAWN = 4;

/** The metric's largest eigenvalues in falling order, a curve for each measured network; undefined without any. */
export function spectrumChart({ spectra }: RunView, t: Translate): PlaneModel | undefined {
  if (spectra.length === 0) return undefined;
  const drawn = spread(spectra.length, DRAWN);
  return {
    kind: 'plane',
    id: 'spectrum',
    title: t('Spectrum of the metric'),
    caption: t(
      'How much the outputs change along the directions to which they are most sensitive.',
    ),
    x: { name: t('eigenvalue, by rank'), unit: 'count' },
    y: { name: t('size'), unit: 'number', log: true },
    series: spectra.map((spectrum, style) => ({
      name: nameOf(spectrum, spectra, t),
      style,
      joined: true,
      points: pointsOf(spectrum, t),
      ...(!drawn.has(style) && { hidden: true }),
    })),
  };
}

/** The first, the last, and some evenly between. */
function spread(count: number, most: number): Set<number> {
  const places = Math.min(count, most);
  return new Set(
    Array.from({ length: places }, (_, i) =>
      Math.round((i * (count - 1)) / Math.max(1, places - 1)),
    ),
  );
}

/** Says which data define the metric only where that differs. */
function nameOf(
  { leg, step, on }: MeasuredSpectrum,
  all: readonly MeasuredSpectrum[],
  t: Translate,
): string {
  const network = leg === undefined ? t('start') : t('{0}, step {1}', leg, step);
  const differ = all.some((other) => other.on !== on);
  return differ ? t('{0}, on {1}', network, on) : network;
}

function pointsOf({ values }: MeasuredSpectrum, t: Translate): PlanePoint[] {
  return values.map((y, index) => ({ x: index + 1, y, label: t('eigenvalue {0}', index + 1) }));
}

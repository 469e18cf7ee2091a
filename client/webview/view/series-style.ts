import type { Reference } from '../model/charts/chart-model';
import type { Theme } from './theme';

/** How a series looks: colour, dash and symbol all differ, so that none of them has to be told apart alone. */
export interface SeriesStyle {
  color: string;
  dash: 'solid' | number[];
  symbol: 'circle' | 'rect' | 'triangle' | 'diamond';
}

const DASHES: SeriesStyle['dash'][] = ['solid', [7, 4], [2, 3], [9, 3, 2, 3]];
const SYMBOLS: SeriesStyle['symbol'][] = ['circle', 'rect', 'triangle', 'diamond'];

/** The look of the series with that number; numbers may be any large. */
export function seriesStyle(number: number, theme: Theme): SeriesStyle {
  return {
    color: theme.series[number % theme.series.length] ?? theme.foreground,
    dash: DASHES[number % DASHES.length] ?? 'solid',
    symbol: SYMBOLS[number % SYMBOLS.length] ?? 'circle',
  };
}

const START = [1, 4];
const PROJECTED = [12, 5];
/** Of baselines, one after another. */
const BASELINES = [
  [3, 3],
  [8, 3, 2, 3],
  [6, 2],
  [10, 3, 2, 3, 2, 3],
  [2, 5],
  [14, 3],
];

/** The dashes of a level to compare with. */
export function referenceDash({
  kind,
  variant = 0,
}: Pick<Reference, 'kind' | 'variant'>): number[] {
  if (kind === 'baseline') return BASELINES[variant % BASELINES.length] ?? START;
  return kind === 'start' ? START : PROJECTED;
}

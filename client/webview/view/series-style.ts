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

/** Dashes of the levels to compare with. */
export const REFERENCE_DASHES = { start: [1, 4], projected: [12, 5] };

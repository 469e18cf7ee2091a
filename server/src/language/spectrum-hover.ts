/** The metric's spectra of a run as a Markdown table. */
import type { MeasuredSpectrum } from '../protocol/generated';
import type { LatestRun } from './latest-run';
import { numberText } from './numbers';
import { sparkline } from './sparkline';

/** Eigenvalues that a row names. */
const SHOWN = 4;

/** What a run measured of the spectrum; undefined before it has measured any. */
export function spectrumTable({ summary, view, stale }: LatestRun): string | undefined {
  if (view.spectra.length === 0) return undefined;
  const head = [
    `**Run ${summary.nickname}** · the metric’s eigenvalues`,
    '',
    '| | effective rank | above 1/1000 | of at most | largest | all that were asked for, log |',
    '|---|---:|---:|---:|---|---|',
  ];
  const rows = view.spectra.map((spectrum) => `| ${cells(spectrum).join(' | ')} |`);
  const note = stale ? ['', '*Stale: the spec has changed since this run.*'] : [];
  return [...head, ...rows, ...note].join('\n');
}

function cells(spectrum: MeasuredSpectrum): string[] {
  const { leg, step, values, large, large_exact: exact, dimension } = spectrum;
  const shown = values.slice(0, SHOWN).map((value) => numberText(value ?? NaN));
  const logs = values.map((value) => (value !== null && value > 0 ? Math.log(value) : null));
  const curve = sparkline(logs);
  return [
    leg === undefined ? 'start' : `${leg}, step ${step}`,
    rankText(spectrum),
    `${exact ? '' : '≥ '}${large.toLocaleString('en')}`,
    dimension.toLocaleString('en'),
    [...shown, ...(values.length > SHOWN ? ['…'] : [])].join(' · '),
    curve ? `\`${curve}\`` : '',
  ];
}

/** With its standard error, where that shows at all. */
function rankText({ effective_rank: rank, effective_rank_error: error }: MeasuredSpectrum): string {
  if (rank === null) return '–';
  const shows = error !== null && error >= 0.005 * rank;
  return numberText(rank) + (shows ? ` ± ${numberText(error)}` : '');
}

import type { MeasuredSpectrum } from '../protocol/generated';
import { count, short } from './format';
import { renderTable, type Column } from './table';

/** Eigenvalues that a row names. */
const SHOWN = 4;

const right = (first: string, second: string): Column => ({
  title: [first, second],
  align: 'right',
});
const COLUMNS: readonly Column[] = [
  { title: ['metric', ''], align: 'left' },
  right('', 'on'),
  right('rank', 'at most'),
  right('effective', 'rank'),
  right('above', '1/1000'),
  { title: ['', 'largest eigenvalues'], align: 'left' },
];

/** The metric's spectra as a table: a row for each network. */
export function spectrumLines(spectra: readonly MeasuredSpectrum[], width: number): string[] {
  if (spectra.length === 0) return [];
  return [...renderTable(COLUMNS, spectra.map(cells), width), ...openNote(spectra)];
}

function cells(spectrum: MeasuredSpectrum): string[] {
  const { on, distance, samples, dimension, values } = spectrum;
  const place = spectrum.leg === undefined ? 'start' : `${spectrum.leg}, step ${spectrum.step}`;
  const shown = values.slice(0, SHOWN).map((value) => short(value));
  return [
    place,
    `${count(samples)} of ${on}, ${distance}`,
    count(dimension),
    short(spectrum.effective_rank),
    `${spectrum.large_exact ? '' : '≥ '}${count(spectrum.large)}`,
    [...shown, ...(values.length > SHOWN ? ['…'] : [])].join('  '),
  ];
}

/** Says where values are not what they seem. */
function openNote(spectra: readonly MeasuredSpectrum[]): string[] {
  const open = spectra.some(({ values, converged }) => converged < values.length);
  return open
    ? ['Not all eigenvalues are converged: ask for fewer `values`, or see the report.']
    : [];
}

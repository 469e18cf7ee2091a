import type { Figure } from '../figure';
import { composition } from './composition';
import { continual } from './continual';
import { ensembles } from './ensembles';
import { learn } from './learn';
import { sparsify } from './sparsify';
import { spectrum } from './spectrum';

/** In the order of docs/results.md. */
export const FIGURES: readonly Figure[] = [
  sparsify,
  learn,
  continual,
  ensembles,
  composition,
  spectrum,
];

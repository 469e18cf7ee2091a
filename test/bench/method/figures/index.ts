import type { Figure } from '../figure';
import { sparsify } from './sparsify';

/** In the order of docs/results.md. */
export const FIGURES: readonly Figure[] = [sparsify];

/**
 * Reproduces the figures of docs/results.md on real data: runs each figure's trials over several seeds by the command
 * line, as a user would, and prints a table in Markdown for each. What has been run is kept and not run again.
 */
import { FIGURES } from './figures';
import { runBench } from './run-bench';

runBench({ figures: FIGURES, seeds: '1,2,3', folder: 'bench-method' });

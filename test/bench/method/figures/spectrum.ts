import type { Report } from '../../../../server/src/protocol/generated';
import type { Figure, Row, Spec, Trial } from '../figure';
import { fashion, mnist } from './data';

/** (f) The spectrum of the metric where legs begin, halfway, and at their ends. */
export const spectrum: Figure = {
  name: 'spectrum',
  title: 'Spectrum of the metric along paths of LeNet-300-100, logits of 500 MNIST images',
  trials: (seed) => [
    trial(seed, 'sparsify to 0.95', {
      leg: 'path',
      objective: { type: 'sparsify', target: 0.95, rank_by: 'metric' },
      keep: { on: 'mnist' },
      solver: { type: 'geodesic', steps: 40, samples: 500 },
    }),
    trial(seed, 'learn Fashion-MNIST', {
      leg: 'path',
      objective: { type: 'learn', on: 'fashion' },
      keep: { on: 'mnist', memory: 500 },
      solver: { type: 'geodesic', steps: 300, samples: 200, iterations: 6 },
    }),
  ],
};

function trial(seed: number, path: string, leg: Spec): Trial {
  return {
    start: {
      seed,
      data: { mnist: mnist(), fashion: fashion({ label_offset: 10 }) },
      model: { architecture: 'lenet_300_100', classes: 20 },
      train: { on: 'mnist', epochs: 10 },
    },
    spec: { path: [leg], measure: { spectrum: { samples: 500, values: 100 } } },
    rows: (report) => rowsOf(report, path),
  };
}

/** Eigenvalues 1, 10 and 100 and how many directions count, at the start, the middle and the end. */
function rowsOf({ spectra = [], legs: [leg] }: Report, path: string): Row[] {
  return spectra.map(({ step, values, effective_rank, large, dimension }) => ({
    name: `${path}, step ${step} of ${leg?.steps ?? 0}`,
    values: {
      first: values[0],
      tenth: values[9],
      hundredth: values[99],
      'effective rank': effective_rank,
      large,
      dimension,
    },
  }));
}

import type { Spec, Start } from '../figure';

const idx = (folder: string, more: Spec): Spec => ({
  format: 'idx',
  images: `${folder}/train-images-idx3-ubyte.gz`,
  labels: `${folder}/train-labels-idx1-ubyte.gz`,
  test: {
    images: `${folder}/t10k-images-idx3-ubyte.gz`,
    labels: `${folder}/t10k-labels-idx1-ubyte.gz`,
  },
  ...more,
});

/** The full sets; `more` adds keys such as `tasks` or `label_offset`. */
export const mnist = (more: Spec = {}): Spec => idx('mnist', more);
export const fashion = (more: Spec = {}): Spec => idx('fashion-mnist', more);

/** LeNet-300-100 on all of MNIST. */
export const lenetOnMnist = (seed: number): Start => ({
  seed,
  data: { mnist: mnist() },
  model: { architecture: 'lenet_300_100', classes: 10 },
  train: { on: 'mnist', epochs: 10 },
});

import { chordDistance, type OutputDistance } from './output-distance';

/** |z - z0|^2: the outputs as they are. */
export const logitsDistance: OutputDistance = chordDistance(
  (_backend, outputs) => ({ values: outputs, tangent: (t) => t, cotangent: (u) => u }),
  (row) => row,
);

/** The same less each row's mean, which no probability depends on. */
export const centredLogitsDistance: OutputDistance = chordDistance(
  (backend, outputs) => {
    const centred = (a: typeof outputs) => {
      const [width = 1] = a.shape.slice(-1);
      const mean = backend.scale(backend.sum(a, [a.shape.length - 1], true), 1 / width);
      return backend.subtract(a, mean);
    };
    return { values: centred(outputs), tangent: centred, cotangent: centred };
  },
  (row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    return row.map((value) => value - mean);
  },
);

/** Specs for the editor to open: small networks, seconds of computing. */

const head = `fip: 1
name: tiny
seed: 7
backend: wasm
data:
  glyphs: {format: glyphs, train: 600, test: 200, size: 12}
model: {architecture: mlp, hidden: [24], classes: 10}
start:
  train: {on: glyphs, epochs: 12, batch_size: 32}
`;

const leg = (steps: number) => `path:
  - leg: prune
    objective: {type: sparsify, target: 0.6}
    keep: {on: glyphs, memory: 200}
    solver: {type: geodesic, steps: ${String(steps)}, samples: 100}
`;

/** Holds what it promises, in seconds. */
export const goodSpec = `${head}${leg(12)}expect:
  - {metric: sparsity, at_least: 0.5}
`;

/** Runs well, and then misses what it expects, on its last line. */
export const disappointedSpec = `${head}${leg(6)}expect:
  - {metric: loss, on: glyphs, at_most: 0.001}
`;

/** Runs for minutes unless it is stopped. */
export const longSpec = `${head}${leg(20_000)}`;

/** Line of the misspelt key in `brokenSpec`, from 1, and the line as it should be. */
export const brokenLine = 4;
export const mendedLine = 'backend: wasm';

/** As small as can be: for a graphics device that is emulated on the CPU. */
export const gpuSpec = `fip: 1
name: on-the-gpu
backend: webgpu
data:
  glyphs: {format: glyphs, train: 100, test: 50, size: 12}
model: {architecture: mlp, hidden: [8], classes: 10}
start:
  train: {on: glyphs, epochs: 1, batch_size: 50}
path:
  - leg: prune
    objective: {type: sparsify, target: 0.3}
    keep: {on: glyphs, memory: 50}
    solver: {type: geodesic, steps: 2, samples: 20}
`;

/** One key is misspelt. */
export const brokenSpec = goodSpec.replace(mendedLine, 'bakend: wasm');

/** Line of `- leg: prune`, from 1. */
export const legLine = goodSpec.split('\n').findIndex((line) => line.includes('leg: prune')) + 1;

/** Number of a spec's last line, from 1. */
export const lastLine = (spec: string): number => spec.trimEnd().split('\n').length;

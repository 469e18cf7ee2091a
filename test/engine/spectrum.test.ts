/** The metric's spectrum against dense eigendecompositions, and where a run measures it. */
import { describe, expect, test } from 'vitest';
import { Lanczos } from '../../server/src/engine/geometry/lanczos';
import { operatorSpectrum } from '../../server/src/engine/geometry/operator-spectrum';
import { ritzValues } from '../../server/src/engine/geometry/ritz-values';
import { spectrumAt } from '../../server/src/engine/metrics/measure-spectrum';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { initialWeights } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { Measure, MeasureSpectrum } from '../../server/src/spec/experiment';
import { backendsToTest } from './backends';
import { eigenvalues, gram, times } from './dense-algebra';
import { learnLeg, MemoryHost, pruneLeg, smallExperiment } from './memory-host';
import { essence } from './recording-host';
import { batchJacobian, type Matrix } from './reference-mlp';

const random = Random.of('spectrum test');

/** u -> H diag(values) H u with a random reflection H. */
function operatorOf(values: readonly number[]) {
  const normals = values.map(() => random.normal());
  const mirror = normals.map((value) => value / Math.hypot(...normals));
  const reflected = (u: Float64Array) => {
    const part = 2 * mirror.reduce((total, value, i) => total + value * (u[i] ?? 0), 0);
    return u.map((value, i) => value - part * (mirror[i] ?? 0));
  };
  return async (u: Float64Array) =>
    reflected(reflected(u).map((value, i) => value * (values[i] ?? 0)));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const rankOf = (values: readonly number[]) =>
  sum(values) ** 2 / sum(values.map((value) => value ** 2));

describe('the eigenvalues of a tridiagonal matrix', () => {
  test('are those of a dense decomposition, with the last components of their vectors', () => {
    const size = 12;
    const diagonal = Array.from({ length: size }, () => random.normal());
    const off = Array.from({ length: size - 1 }, (_, i) => (i === 4 ? 0 : random.normal()));
    const dense: Matrix = diagonal.map((value, i) =>
      diagonal.map((_, j) =>
        i === j ? value : Math.abs(i - j) === 1 ? (off[Math.min(i, j)] ?? 0) : 0,
      ),
    );
    const found = ritzValues(diagonal, off);
    eigenvalues(dense).forEach((value, i) => expect(found[i]?.value).toBeCloseTo(value, 10));
    // sum_i last_i^2 l_i^p = (T^p) at the last row and column.
    const power = (p: number) => sum(found.map(({ value, last }) => last ** 2 * value ** p));
    expect(power(0)).toBeCloseTo(1, 12);
    expect(power(1)).toBeCloseTo(diagonal[size - 1] ?? NaN, 10);
    const last = times(
      dense,
      times(
        dense,
        times(
          dense,
          diagonal.map((_, i) => Number(i === size - 1)),
        ),
      ),
    );
    expect(power(3)).toBeCloseTo(last[size - 1] ?? NaN, 9);
  });
});

describe('the spectrum of an operator', () => {
  test('a small one is diagonalised whole: multiple eigenvalues, zeros and exact traces', async () => {
    const values = [5, 3, 3, 3, 1, 1, 0.02, 0.001, ...new Array<number>(22).fill(0)];
    const found = await operatorSpectrum(operatorOf(values), 30, {
      count: 10,
      dense: false,
      random: Random.of('a'),
    });
    found.values.forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? NaN, 8));
    expect(found).toMatchObject({ converged: 10, large: 7, largeIsExact: true });
    expect(found.trace).toBeCloseTo(sum(values), 8);
    expect(found.effectiveRank).toBeCloseTo(rankOf(values), 8);
    expect(found.effectiveRankError).toBe(0);
  });

  test('a large one stops early, with converged values, the count and traces within their error', async () => {
    const values = Array.from({ length: 600 }, (_, i) => 10 * 0.9 ** i + 1e-3);
    let products = 0;
    const operator = operatorOf(values);
    const counted = (u: Float64Array) => {
      products++;
      return operator(u);
    };
    const found = await operatorSpectrum(counted, 600, {
      count: 20,
      dense: false,
      random: Random.of('b'),
    });
    expect(products).toBeLessThan(300);
    expect(found.converged).toBe(20);
    found.values.forEach((value, i) => expect(value / (values[i] ?? NaN)).toBeCloseTo(1, 4));
    expect(found.largeIsExact).toBe(true);
    expect(found.large).toBe(values.filter((value) => value > 0.001 * (values[0] ?? 0)).length);
    expect(found.effectiveRankError).toBeGreaterThan(0);
    const off = Math.abs(found.effectiveRank - rankOf(values));
    expect(off).toBeLessThan(5 * found.effectiveRankError);
    expect(off).toBeLessThan(0.01 * rankOf(values));
    expect(Math.abs(found.trace / sum(values) - 1)).toBeLessThan(0.01);
  });

  test('says so where values do not converge and the count is not settled', async () => {
    const values = Array.from({ length: 4000 }, (_, i) => 1 - i / 8000);
    const found = await operatorSpectrum(operatorOf(values), 4000, {
      count: 40,
      dense: false,
      random: Random.of('c'),
    });
    expect(found.converged).toBeLessThan(40);
    expect(found.largeIsExact).toBe(false);
    expect(found.large).toBeLessThan(4000);
    // Lanczos leaves most of it out: here the estimate itself is put to the test.
    expect(Math.abs(found.trace / sum(values) - 1)).toBeLessThan(0.02);
    expect(Math.abs(found.effectiveRank - rankOf(values))).toBeLessThan(
      5 * found.effectiveRankError,
    );
  });

  test('written out, it has exact traces and an exact count where Lanczos has neither', async () => {
    const values = Array.from({ length: 700 }, (_, i) => 1 - i / 705);
    const options = { count: 5, random: Random.of('f') };
    const found = await operatorSpectrum(operatorOf(values), 700, { ...options, dense: true });
    expect(found.large).toBe(values.filter((value) => value > 1e-3).length);
    expect(found).toMatchObject({ largeIsExact: true, converged: 5, effectiveRankError: 0 });
    expect(found.trace).toBeCloseTo(sum(values), 8);
    expect(found.effectiveRank).toBeCloseTo(rankOf(values), 8);
    found.values.forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? NaN, 4));
  });

  test('nothing at all has rank 0', async () => {
    const found = await operatorSpectrum(operatorOf([0, 0, 0]), 3, {
      count: 20,
      dense: false,
      random: Random.of('d'),
    });
    expect(found).toMatchObject({ values: [0, 0, 0], large: 0, largeIsExact: true, trace: 0 });
    expect(found.effectiveRank).toBe(0);
  });

  test('the basis stays orthonormal, and its traces are those of its span', async () => {
    const values = Array.from({ length: 80 }, (_, i) => 0.8 ** i);
    const operator = operatorOf(values);
    const lanczos = new Lanczos(operator, 80, Random.of('e'));
    for (let i = 0; i < 30; i++) await lanczos.step();
    const rows = lanczos.basis.map((row) => [...row]);
    gram(rows).forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(Number(i === j), 10)),
    );
    let [trace, squares] = [0, 0];
    for (const row of lanczos.basis) {
      const product = await operator(row);
      trace += sum(Array.from(product, (value, i) => value * (row[i] ?? 0)));
      squares += sum(Array.from(product, (value) => value ** 2));
    }
    expect(lanczos.trace).toBeCloseTo(trace, 10);
    expect(lanczos.squaredTrace).toBeCloseTo(squares, 10);
  });
});

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

describe.each(backends)('the spectrum of the metric on $on', ({ backend }) => {
  test('is that of a dense eigendecomposition to 1e-3', async () => {
    const sizes = [7, 6, 3];
    const network = buildNetwork(
      { architecture: 'mlp', hidden: [6], activation: 'tanh', classes: 3 },
      [7],
    );
    const weights = initialWeights(network, Random.of('weights'));
    const draws = Random.of('inputs');
    const xs = Array.from({ length: 12 }, () => Array.from({ length: 7 }, () => draws.normal()));
    const inputs = Float32Array.from(xs.flat());
    const host = new MemoryHost();
    const context = { backend, network, experiment: smallExperiment([]), host };
    const found = await spectrumAt(context, weights, inputs, { distance: 'logits', count: 36 });
    const jacobian = batchJacobian({ sizes, activation: 'tanh' }, weights, xs);
    const exact = eigenvalues(gram(jacobian)).map((value) => value / xs.length);
    const largest = exact[0] ?? NaN;
    exact.forEach((value, i) => {
      const tolerance = Math.max(1e-3 * value, 1e-6 * largest);
      expect(Math.abs((found.values[i] ?? NaN) - value)).toBeLessThan(tolerance);
    });
    expect(Math.abs(found.effectiveRank / rankOf(exact) - 1)).toBeLessThan(1e-4);
    expect(found.large).toBe(exact.filter((value) => value > 1e-3 * largest).length);
  });
});

const spectrum: MeasureSpectrum = { at: ['start', 'middle', 'end'], values: 4, samples: 10 };
const measured = (changes: Partial<MeasureSpectrum>): { measure: Measure } => ({
  measure: { spectrum: { ...spectrum, ...changes }, pca: false },
});

describe('a run that measures it', () => {
  const places = (host: MemoryHost) =>
    host.of('spectrum').map(({ spectrum: { leg, step, on } }) => [leg, step, on]);

  test('at the start, the middle and the end of each leg, on its memory', async () => {
    const host = new MemoryHost();
    const report = await runExperiment(smallExperiment([learnLeg, pruneLeg], measured({})), host);
    expect(places(host)).toEqual([
      ['add', 0, 'memory'],
      ['add', 4, 'memory'],
      ['add', 7, 'memory'],
      ['prune', 0, 'memory'],
      ['prune', 6, 'memory'],
      ['prune', 12, 'memory'],
    ]);
    expect(report.spectra).toEqual(host.of('spectrum').map(({ spectrum: one }) => one));
    for (const one of report.spectra ?? []) {
      expect(one).toMatchObject({ samples: 10, dimension: 200, converged: 4, large_exact: true });
      expect(one.effective_rank).toBeGreaterThan(1);
      expect([...one.values].sort((a, b) => Number(b) - Number(a))).toEqual(one.values);
    }
  });

  test('at every checkpoint, on data by name, with a distance of its own', async () => {
    const leg = { ...pruneLeg, checkpoint_every: 5 };
    const asked = measured({ at: 'every_checkpoint', on: 'letters', distance: 'fisher' });
    const host = new MemoryHost();
    const report = await runExperiment(smallExperiment([leg], asked), host);
    expect(places(host)).toEqual([0, 5, 10, 12].map((step) => ['prune', step, 'letters']));
    expect(report.spectra?.every(({ distance }) => distance === 'fisher')).toBe(true);
  });

  test('changes nothing of the path, and resumes to the same spectra', async () => {
    const plain = new MemoryHost();
    await runExperiment(smallExperiment([pruneLeg]), plain);
    const whole = new MemoryHost();
    const experiment = smallExperiment([pruneLeg], measured({}));
    const report = await runExperiment(experiment, whole);
    expect(whole.files).toEqual(plain.files);
    for (const state of [whole.states[4], whole.states.at(-9), whole.states.at(-2)]) {
      const rest = new MemoryHost();
      const again = await runExperiment(experiment, rest, state);
      expect(again.spectra).toEqual(report.spectra);
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.events).slice(-tail.length));
    }
  });

  test('needs no path: it trains, measures once and is judged at its end', async () => {
    const expectation = { metric: 'accuracy', on: 'digits', at: 'end', at_least: 0.1 } as const;
    const experiment = smallExperiment([], { ...measured({}), expect: [expectation] });
    const host = new MemoryHost();
    const report = await runExperiment(experiment, host);
    expect(host.events.map(({ event }) => event).filter((kind) => kind !== 'training')).toEqual([
      ...['run-started', 'start-ended', 'spectrum', 'run-ended'],
    ]);
    expect(report).toMatchObject({ status: 'completed', legs: [] });
    expect(report.spectra).toMatchObject([{ step: 0, on: 'digits', distance: 'logits' }]);
    expect(report.spectra?.[0]).not.toHaveProperty('leg');
    expect(report.expectations).toMatchObject([{ passed: true }]);
    const rest = new MemoryHost();
    const again = await runExperiment(experiment, rest, host.states.at(-1));
    expect(again.spectra).toEqual(report.spectra);
    expect(rest.of('spectrum')).toEqual([]);
  });
});

import type { EngineHost, EngineState } from '../../server/src/engine/host';
import type { Metrics, Report } from '../../server/src/protocol/generated';
import type { Experiment } from '../../server/src/spec/experiment';

const LEG = 'prune';
const STEPS = 8;
const EPOCHS = 2;

/**
 * Stands in for the engine: emits what it would, computes a number that depends on every step, and saves after each.
 * Each call of `pause` is a moment at which a test may kill it.
 */
export async function fakeExperiment(
  experiment: Experiment,
  host: EngineHost,
  resumeFrom?: EngineState,
  pause: () => Promise<void> | void = () => undefined,
): Promise<Report> {
  const backend = { name: 'wasm', device: 'CPU', reason: 'It is a test.' };
  const facts = (resumeFrom?.facts ?? { done: 0 }) as { done: number };
  const state = { done: facts.done, value: resumeFrom?.tensors[0]?.values[0] ?? 1 };
  const legReport = (status: Report['status']): Report['legs'][number] => ({
    leg: LEG,
    objective: 'sparsify',
    status,
    steps: Math.max(0, state.done - EPOCHS),
    seconds: 2,
    end: metrics(state.value),
    projected: metrics(0.5),
  });
  const end = (status: Report['status']): Report => {
    const report: Report = {
      run: host.run,
      name: experiment.name,
      status,
      backend: backend.name,
      device: backend.device,
      seed: experiment.seed,
      started: '2025-03-01T12:00:00.000Z',
      seconds: 3,
      start: metrics(1),
      legs: [legReport(status)],
      baselines: [],
      expectations: experiment.expect.map((expectation, index) => ({
        pointer: `/expect/${index}`,
        metric: expectation.metric,
        ...(expectation.on !== undefined && { on: expectation.on }),
        at: expectation.at,
        value: 0.97,
        passed: 0.97 >= (expectation.at_least ?? 0),
      })),
    };
    host.emit({ event: 'run-ended', status, report });
    return report;
  };
  const save = (): void => {
    host.saveState({
      facts: { done: state.done },
      tensors: [{ name: 'value', shape: [1], values: Float32Array.of(state.value) }],
    });
  };

  if (resumeFrom) host.emit({ event: 'run-resumed', backend });
  else
    host.emit({
      event: 'run-started',
      run: host.run,
      name: experiment.name,
      seed: experiment.seed,
      backend,
      parameters: 1,
      epochs: EPOCHS,
      legs: [{ leg: LEG, objective: 'sparsify', steps: STEPS }],
    });
  while (state.done < EPOCHS + STEPS) {
    if (state.done > facts.done) save();
    await pause();
    if (host.shouldStop()) {
      host.emit({ event: 'leg-ended', report: legReport('stopped') });
      const report = end('stopped');
      save();
      return report;
    }
    state.value = Math.fround(state.value * 1.1 + state.done);
    state.done++;
    const step = state.done - EPOCHS;
    if (step <= 0) {
      const { done: epoch, value: loss } = state;
      host.emit({ event: 'training', epoch, epochs: EPOCHS, fraction: epoch / EPOCHS, loss });
      continue;
    }
    if (step === 1) {
      const file = host.saveWeights('start', [
        { name: 'value', shape: [1], values: Float32Array.of(state.value) },
      ]);
      host.emit({ event: 'start-ended', seconds: 1, metrics: metrics(1), file });
      host.emit({
        event: 'leg-started',
        leg: LEG,
        objective: 'sparsify',
        steps: STEPS,
        projected: metrics(0.5),
      });
    }
    await pause();
    host.emit({
      event: 'step',
      leg: LEG,
      step,
      steps: STEPS,
      length: state.value,
      arc_length: state.value,
      action: NaN,
    });
    if (step === 3)
      host.emit({
        event: 'warning',
        leg: LEG,
        step,
        code: 'fip/off-manifold',
        message: 'The outputs moved.',
        pointer: '/path/0/solver',
      });
    await pause();
    if (step % 2 === 0)
      host.emit({
        event: 'checkpoint',
        leg: LEG,
        step,
        steps: STEPS,
        metrics: metrics(state.value),
      });
  }
  host.emit({ event: 'leg-ended', report: legReport('completed') });
  await pause();
  return end('completed');
}

function metrics(value: number): Metrics {
  return {
    accuracy: { digits: 0.97 },
    loss: { digits: value },
    output_distance: { memory: 0.01, held_out: 0.02 },
    sparsity: 0.8,
    arc_length: value,
  };
}

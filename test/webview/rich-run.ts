import type {
  BaselineReport,
  Continual,
  MeasuredAttack,
  MeasuredSpectrum,
  Metrics,
  PathPca,
  Report,
  RunEvent,
  TaskMatrix,
} from '../../server/src/protocol/generated';
import { metrics, stamp, wholeRun } from './synthetic-run';

/** Values of everything that an experiment can ask for: baselines, spectra, attacks, components, tasks, an ensemble. */
export const SPECTRA: MeasuredSpectrum[] = [
  spectrum(undefined, 0, 40),
  spectrum('add-fashion', 60, 25),
  spectrum('prune', 40, 10),
];

function spectrum(leg: string | undefined, step: number, first: number): MeasuredSpectrum {
  return {
    ...(leg !== undefined && { leg }),
    step,
    on: 'memory',
    distance: 'logits',
    samples: 100,
    dimension: 2000,
    values: Array.from({ length: 30 }, (_, index) => first * Math.exp(-index / 4)),
    converged: 30,
    trace: 5 * first,
    effective_rank: 8.5,
    effective_rank_error: 0.2,
    large: 22,
    large_exact: true,
  };
}

export const ATTACKS: MeasuredAttack[] = [undefined, 'add-fashion', 'prune'].flatMap((leg, place) =>
  [0.05, 0.1].map((epsilon) => ({
    ...(leg !== undefined && { leg }),
    step: leg === undefined ? 0 : 40,
    on: 'digits',
    kind: 'autopgd',
    threat: 'white_box',
    epsilon,
    samples: 500,
    clean: 0.97 - 0.01 * place,
    accuracy: Math.max(0, 0.6 - 5 * epsilon + 0.1 * place),
  })),
);

export const PCA: PathPca = {
  explained: [0.71, 0.2, 0.06],
  points: [
    { step: 0, x: -4, y: 1, z: 0 },
    ...Array.from({ length: 12 }, (_, i) => ({
      leg: 'add-fashion',
      step: 5 * (i + 1),
      x: -4 + 0.5 * i,
      y: Math.sin(i / 3),
      z: 0,
    })),
    ...Array.from({ length: 8 }, (_, i) => ({
      leg: 'prune',
      step: 5 * (i + 1),
      x: 2 + 0.4 * i,
      y: -0.4 * i,
      z: 0.1,
    })),
    { leg: 'add-fashion', baseline: 'fine_tune', step: 60, x: 3, y: 2.4, z: 0 },
    { leg: 'add-fashion', baseline: 'ewc', step: 60, x: 2, y: 1.4, z: 0 },
  ],
};

const BASELINES: BaselineReport[] = [
  { baseline: 'fine_tune', leg: 'add-fashion', steps: 60, seconds: 4, end: end(0.41, 0.83, 9.2) },
  { baseline: 'ewc', leg: 'add-fashion', steps: 60, seconds: 5, end: end(0.72, 0.71, 2.1) },
];

function end(digits: number, fashion: number, distance: number): Metrics {
  return {
    ...metrics(60, 100),
    sparsity: 0,
    accuracy: { digits, fashion },
    output_distance: { memory: distance, held_out: distance, digits: distance },
  };
}

function matrix(last: [number, number]): TaskMatrix {
  return {
    rows: [
      { after: 'start', values: [0.978, 0.02] },
      { after: 'add-fashion', values: [0.974, 0.86] },
      { after: 'prune', values: last },
    ],
    average_accuracy: (last[0] + last[1]) / 2,
    forgetting: 0.01,
    backward_transfer: -0.01,
    forward_transfer: null,
  };
}

export const CONTINUAL: Continual = {
  tasks: [
    { task: 'digits', leg: 'start' },
    { task: 'fashion', leg: 'add-fashion' },
  ],
  accuracy: matrix([0.972, 0.85]),
  baselines: [{ baseline: 'ewc', accuracy: matrix([0.72, 0.71]) }],
};

/** The run of `wholeRun` with all of that. */
export function richRun(): RunEvent[] {
  const events = wholeRun().map(({ seq: _seq, time: _time, ...event }) => event);
  const ended = events.at(-1);
  if (ended?.event !== 'run-ended') throw new Error('The run has no end.');
  const beside = BASELINES.map(({ baseline, leg, steps }) => ({ baseline, leg, steps }));
  return stamp([
    ...events
      .slice(0, -1)
      .map((event) => (event.event === 'run-started' ? { ...event, baselines: beside } : event))
      .map((event) => (event.event === 'leg-ended' ? withMore(event) : event)),
    ...SPECTRA.map((measured) => ({ event: 'spectrum' as const, spectrum: measured })),
    ...ATTACKS.map((attack) => ({ event: 'attack' as const, attack })),
    ...BASELINES.map((report) => ({
      event: 'baseline-ended' as const,
      baseline: report.baseline,
      leg: report.leg,
      report,
    })),
    { event: 'pca', pca: PCA },
    { ...ended, report: richReport(ended.report) },
  ]);
}

type LegEnd = Extract<RunEvent, { event: 'leg-ended' }>;

function withMore(event: Omit<LegEnd, 'seq' | 'time'>) {
  const { report } = event;
  if (report.leg === 'prune') {
    const sparsity_by_layer = { 'dense1.weight': 0.83, 'dense2.weight': 0.71, 'head.weight': 0.2 };
    return { ...event, report: { ...report, end: { ...report.end, sparsity_by_layer } } };
  }
  const member = { accuracy: { digits: 0.95 }, arc_length: 3, weight_distance: 2.4 };
  const ensemble = {
    members: [member, { ...member, accuracy: { digits: 0.96 } }],
    accuracy: { digits: 0.975 },
    disagreement: 0.06,
    coherence: 0.31,
  };
  return { ...event, report: { ...report, ensemble } };
}

function richReport(report: Report): Report {
  return { ...report, baselines: BASELINES, continual: CONTINUAL };
}

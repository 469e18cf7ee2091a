import type { MeasuredAttack, Report } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Start, type Trial } from '../figure';

const MEMBERS = 5;
/** The first network and the independent ones are trained alike. */
const TRAINING: Spec = { epochs: 6, batch_size: 100, optimizer: { type: 'adam' } };

/** (d) Five networks against attackers who know all of them, their origin, or nothing of them. */
export const ensembles: Figure = {
  name: 'ensembles',
  title:
    'Five networks on 10,000 images of CIFAR-10, a small VGG: accuracy (%) on 200 test images, attacked by at most 1/255',
  trials: (seed) => [
    trial(seed, 'evasive', { compare: [{ type: 'independent_ensemble', ...TRAINING }] }),
    withoutFirst(trial(seed, 'random', {})),
  ],
};

const cifar: Spec = {
  format: 'cifar',
  files: ['cifar10/data_batch_1.bin.gz'],
  test: { files: ['cifar10/test_batch_first1000.bin.gz'] },
};

const block = (filters: number): Spec[] => [
  { type: 'conv2d', filters },
  { type: 'relu' },
  { type: 'conv2d', filters },
  { type: 'relu' },
  { type: 'max_pool' },
];

const startOf = (seed: number): Start => ({
  seed,
  data: { cifar },
  model: {
    architecture: 'layers',
    layers: [
      ...[...block(12), ...block(24), ...block(48)],
      ...[{ type: 'flatten' }, { type: 'dense', units: 96 }, { type: 'relu' }],
    ],
    classes: 10,
  },
  train: { on: 'cifar', ...TRAINING },
});

function trial(seed: number, direction: string, more: Spec): Trial {
  const leg = {
    leg: direction,
    objective: { type: 'diversify', members: MEMBERS, arc_length: 3, direction },
    keep: { on: 'cifar' },
    solver: { type: 'geodesic', steps: 15, samples: 200, iterations: 6 },
  };
  const attack = {
    ...{ on: 'cifar', kinds: ['pgd', 'autopgd'], epsilon: 1 / 255, samples: 200, steps: 10 },
  };
  return {
    start: startOf(seed),
    spec: { path: [leg], measure: { attack }, ...more },
    rows: rowsOf,
  };
}

/** The first network of a seed is the same in each trial. */
const withoutFirst = (trial: Trial): Trial => ({
  ...trial,
  rows: (report) =>
    trial.rows({
      ...report,
      attacks: report.attacks?.filter(({ leg }) => leg !== undefined) ?? [],
    }),
});

/** A row for each network or ensemble and each attack on it; seconds are those of finding it, attacks included. */
function rowsOf({ legs, baselines, attacks = [] }: Report): Row[] {
  const seconds = (leg?: string, baseline?: string) =>
    baseline === undefined
      ? legs.find((walked) => walked.leg === leg)?.seconds
      : baselines.find((trained) => trained.baseline === baseline)?.seconds;
  const names = [...new Set(attacks.map(nameOf))];
  return names.map((name) => {
    const own = attacks.filter((attack) => nameOf(attack) === name);
    const under = (threat: string) =>
      percent(own.find((attack) => attack.threat === threat)?.accuracy);
    const [first] = own;
    return {
      name,
      values: {
        clean: percent(first?.clean),
        'knowing all': under('white_box'),
        'knowing the first network': under('transfer'),
        'knowing others': under('transfer_independent'),
        seconds: seconds(first?.leg, first?.baseline),
      },
    };
  });
}

const nameOf = ({ leg, baseline, kind }: MeasuredAttack): string =>
  `${baseline ?? leg ?? 'the first network'}, ${kind}`;

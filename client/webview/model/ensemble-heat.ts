import type { Ensemble, NumbersByName } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import type { LegView } from '../../../server/src/protocol/run-view';
import { number, percent } from './format';
import { plainNumber, share, type HeatTable } from './heat-table';

/** The ensembles that legs have found: a row for each member and one for all together. */
export function ensembleHeat(legs: readonly LegView[], t: Translate): HeatTable[] {
  return legs.flatMap(({ leg, report }) =>
    report?.ensemble ? [tableOf(leg, report.ensemble, t)] : [],
  );
}

function tableOf(leg: string, ensemble: Ensemble, t: Translate): HeatTable {
  const { members, accuracy } = ensemble;
  const names = Object.keys(accuracy);
  const shares = (of: NumbersByName) => names.map((name) => share(of[name]));
  return {
    id: `ensemble-${leg}`,
    title: t('Ensemble: {0}', leg),
    caption: t('Accuracy of each member and of all together, and how far each went.'),
    heads: [t('Network'), ...names, t('Path length'), t('Distance in weights')],
    rows: [
      ...members.map((member, index) => ({
        label: t('member {0}', index + 1),
        cells: [
          ...shares(member.accuracy),
          plainNumber(member.arc_length),
          plainNumber(member.weight_distance),
        ],
      })),
      { label: t('together'), cells: [...shares(accuracy), undefined, undefined] },
    ],
    notes: differences(ensemble, t),
  };
}

function differences({ disagreement, coherence }: Ensemble, t: Translate): string[] {
  return [
    t('Two members disagree on {0} of the kept test samples.', percent(disagreement)),
    ...(coherence === undefined
      ? []
      : [t('The largest cosine between the gradients of two members is {0}.', number(coherence))]),
  ];
}

import type { MeasuredAttack } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { share, type HeatTable } from './heat-table';

/** Accuracy under attack, a table for each data set: networks downwards, attacks to the right. */
export function attackHeat(attacks: readonly MeasuredAttack[], t: Translate): HeatTable[] {
  const sets = [...new Set(attacks.map(({ on }) => on))];
  return sets.map((on) => {
    const here = attacks.filter((attack) => attack.on === on);
    const columns = [...new Set(here.map((attack) => attackName(attack, t)))];
    const samples = Math.max(...here.map((attack) => attack.samples));
    return {
      id: `attacks-${on}`,
      title: t('Under attack: {0}', on),
      caption: t('Accuracy on {0} test images, as they are and attacked.', samples),
      heads: [t('Network'), t('as they are'), ...columns],
      rows: networksOf(here, t).map(([label, own]) => ({
        label,
        cells: [
          share(own[0]?.clean),
          ...columns.map((name) => share(own.find((one) => attackName(one, t) === name)?.accuracy)),
        ],
      })),
    };
  });
}

function networksOf(
  attacks: readonly MeasuredAttack[],
  t: Translate,
): [string, MeasuredAttack[]][] {
  const networks = new Map<string, MeasuredAttack[]>();
  for (const attack of attacks) {
    const { leg, step } = attack;
    const name = leg === undefined ? t('Start') : t('{0}, step {1}', leg, step);
    networks.set(name, [...(networks.get(name) ?? []), attack]);
  }
  return [...networks];
}

function attackName({ kind, epsilon, threat }: MeasuredAttack, t: Translate): string {
  const size = t('{0}, up to {1}', kind, Number(epsilon.toPrecision(3)));
  return threat === 'transfer' ? t('{0}, knowing its origin', size) : size;
}

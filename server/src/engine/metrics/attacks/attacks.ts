import type { MeasureAttack } from '../../../spec/experiment';
import type { Attack } from './attack';
import { autopgd } from './autopgd';
import { fgsm } from './fgsm';
import { pgd } from './pgd';

/** The attacks by the names that specs give them. */
export const ATTACKS: Readonly<Record<MeasureAttack['kinds'][number], Attack>> = {
  fgsm,
  pgd,
  autopgd,
};

/** What to call a measured attack. Pure and shared, so that the command line and the editor say the same. */
import type { MeasuredAttack } from './generated';

/** The network, or the ensemble, that was attacked. */
export function attackedName({ leg, baseline }: MeasuredAttack): string {
  return [leg ?? 'start', ...(baseline === undefined ? [] : [baseline])].join('-');
}

/** What the attacker knew. */
export function knowledgeOf({ threat, source }: MeasuredAttack): string {
  if (threat === 'transfer_independent') return `only ${source ?? 'others'}`;
  return threat === 'transfer' ? 'its origin' : 'all of it';
}

import type { RunSummary } from './messages';

/** What a run is called: the user's name for it, or its nickname. */
export function runName({ label, nickname }: Pick<RunSummary, 'label' | 'nickname'>): string {
  return label ?? nickname;
}

import type { RunStatus, RunSummary } from '../../../server/src/protocol/messages';

/** Whether an engine works on the run now. */
export function isActive({ status }: Pick<RunSummary, 'status'>): boolean {
  return status === 'starting' || status === 'running' || status === 'stopping';
}

/** Whether the run can go on from its last saved step. */
export function isResumable({ status }: { status: RunStatus }): boolean {
  return status === 'stopped' || status === 'interrupted' || status === 'failed';
}

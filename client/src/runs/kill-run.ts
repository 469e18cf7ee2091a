import type { Services } from '../services';

/** Ends a run's engine at once. Its end is then no surprise, and not announced as one. */
export async function killRun(run: string, { api, killed }: Services): Promise<void> {
  killed.add(run);
  await api.stop(run, 'kill');
}

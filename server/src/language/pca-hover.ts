/** How much of a path its first principal components show. */
import type { LatestRun } from './latest-run';
import { percentText } from './numbers';

/** In a sentence; undefined before the run has come so far. */
export function pcaWords({ summary, view, stale }: LatestRun): string | undefined {
  if (!view.pca) return undefined;
  const { explained, points } = view.pca;
  const [first = 0, second = 0, third = 0] = explained;
  const plane = (first ?? 0) + (second ?? 0);
  const words = `**Run ${summary.nickname}** · ${points.length} networks: the first component holds ${percentText(first ?? 0)} of their variance, the first two ${percentText(plane)}, three ${percentText(plane + (third ?? 0))}. Their coordinates stand in the report.`;
  return words + (stale ? ' *(stale)*' : '');
}

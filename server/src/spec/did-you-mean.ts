/** Finds the name that the user may have meant. */

/**
 * The nearest of the candidates, where it is near enough to be worth a guess: one edit in three letters. Upper case,
 * hyphens and underscores do not count, so `stepSize` finds `step_size`.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(word);
  if (wanted === '' || word.length > 100) return undefined;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate));
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  if (!best || best.distance > allowedEdits(wanted, best.candidate)) return undefined;
  return best.candidate;
}

const allowedEdits = (word: string, candidate: string) =>
  Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));

const plain = (word: string) => word.toLowerCase().replaceAll(/[-_\s]/g, '');

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (old[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, (old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j] ?? 0, (older[j - 2] ?? 0) + 1);
    }
    older = old;
    old = row;
  }
  return old[b.length] ?? 0;
}

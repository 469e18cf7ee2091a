/** The accuracies under attack of a run as a Markdown table. */
import { attackedName, knowledgeOf } from '../protocol/attack-words';
import { runName } from '../protocol/run-name';
import type { LatestRun } from './latest-run';
import { metricText } from './numbers';

/** What a run measured under attack; undefined before it has measured any. */
export function attackTable({ summary, view, stale }: LatestRun): string | undefined {
  if (view.attacks.length === 0) return undefined;
  const head = [
    `**Run ${runName(summary)}** · accuracy under attack`,
    '',
    '| | attack | knowing | epsilon | as they are | attacked |',
    '|---|---|---|---:|---:|---:|',
  ];
  const rows = view.attacks.map((attack) => {
    const { kind, epsilon, clean, accuracy } = attack;
    const shares = [clean, accuracy].map((share) => metricText('accuracy', share));
    const words = [attackedName(attack), kind, knowledgeOf(attack), String(epsilon)];
    return `| ${[...words, ...shares].join(' | ')} |`;
  });
  const note = stale ? ['', '*Stale: the spec has changed since this run.*'] : [];
  return [...head, ...rows, ...note].join('\n');
}

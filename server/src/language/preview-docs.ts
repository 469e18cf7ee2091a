/** What the first samples of a data set look like, in a few lines. */
import type { DataPreview } from '../engine/data/preview/data-preview';
import { plural } from '../spec/words';
import { numberText } from './numbers';
import { thumbnails } from './thumbnails';

/** A preview to show in a hover. */
export interface ShownPreview extends DataPreview {
  /** Whether the editor draws images that stand in the Markdown itself; others would show their bytes. */
  withImages: boolean;
}

/** Labels that are named one by one. */
const NAMED = 12;

/** A preview as Markdown. `only` are the labels of a task, which has a part of the classes. */
export function previewDocs(preview: ShownPreview, only?: readonly number[]): string {
  const isShown = ({ label }: { label: string }) => !only || only.includes(Number(label));
  const images = preview.withImages && thumbnails((preview.images ?? []).filter(isShown));
  return [
    `${spreadText(preview)}${classesText(preview.classes.filter(isShown))}`,
    images,
    columnTable(preview.columns ?? []),
    (preview.texts ?? []).map(({ label, text }) => `- \`${label}\` ${escaped(text)}`).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function spreadText({ looked, spread }: DataPreview): string {
  const first = `Of the first ${plural(looked, 'sample')}: `;
  if (!spread) return first;
  return `${first}mean ${numberText(spread.mean)}, standard deviation ${numberText(spread.deviation)}; `;
}

function classesText(classes: DataPreview['classes']): string {
  const counts = classes.map(({ count }) => count);
  const many = classes.length === 1 ? '1 class' : `${classes.length} classes`;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (classes.length > NAMED) return `${many}, ${least} to ${most} of each.`;
  if (classes.length > 1 && least === most) return `${many}, ${least} of each.`;
  const named = classes.map(({ label, count }) => `\`${label}\` × ${count.toLocaleString('en')}`);
  return `${many}: ${named.join(', ')}.`;
}

function columnTable(columns: NonNullable<DataPreview['columns']>): string | undefined {
  if (columns.length === 0) return undefined;
  const rows = columns.map(
    ({ name, mean, deviation }) =>
      `| ${escaped(name)} | ${numberText(mean)} | ${numberText(deviation)} |`,
  );
  return ['| column | mean | deviation |', '|---|---:|---:|', ...rows].join('\n');
}

/** What is written in a data file stays text in Markdown. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]()<>#|!~&]/g, '\\$&');

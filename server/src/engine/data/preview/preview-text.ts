import type { TextData } from '../../../spec/experiment';
import type { DataFile } from '../inspect/data-file';
import { firstTexts } from '../inspect/text/text-facts';
import { countLabels } from './data-preview';
import type { Previewer } from './data-preview';

/** Texts that anybody reads in a hover, and their length. */
const SHOWN = 4;
const LONGEST = 120;

/** The first rows of the training file. */
export const previewText: Previewer<TextData> = async (data, { resolvePath }) => {
  const file: DataFile = { path: data.file, pointer: '/file', location: resolvePath(data.file) };
  const rows = await firstTexts(data, file);
  const samples = rows.map(({ text, label }) => ({ text, label: label.text.trim() }));
  return {
    looked: rows.length,
    classes: countLabels(samples.map(({ label }) => label)),
    texts: samples.slice(0, SHOWN).map(({ text, label }) => ({ label, text: shortened(text) })),
  };
};

function shortened(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
}

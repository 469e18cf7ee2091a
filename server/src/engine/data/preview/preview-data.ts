/** A look at the first samples of a data set, for whoever wants to see what it is: never all of it. */
import type { Data } from '../../../spec/experiment';
import type { DataPreview, PreviewContext, Previewer } from './data-preview';
import { previewCsv } from './preview-csv';
import { previewGlyphs } from './preview-glyphs';
import { previewIdx } from './preview-idx';
import { previewText } from './preview-text';

/** A format without a line here has no preview. */
const previewers: { [F in Data['format']]?: Previewer<Extract<Data, { format: F }>> } = {
  glyphs: previewGlyphs,
  idx: previewIdx,
  csv: previewCsv,
  text: previewText,
};

/**
 * What the first samples of a data set show; undefined for a format that nobody looks into.
 * @throws DataProblem where the files are not sound; errors of the file system as they come
 */
export async function previewData(
  data: Data,
  context: PreviewContext,
): Promise<DataPreview | undefined> {
  const previewer = previewers[data.format] as Previewer<Data> | undefined;
  return previewer?.(data, context);
}

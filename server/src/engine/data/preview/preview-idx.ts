import type { IdxData } from '../../../spec/experiment';
import type { DataFile } from '../inspect/data-file';
import { idxFacts } from '../inspect/idx-facts';
import type { IdxContent } from '../inspect/idx-header';
import { readStart } from '../inspect/read-start';
import { countLabels, spreadOf } from './data-preview';
import type { Previewer } from './data-preview';
import { previewImages } from './image-samples';

/** Bytes of images that are unpacked for a look: hundredths of a second. */
const LOOKED = 2 ** 20;

/** The first images and labels of the training files. */
export const previewIdx: Previewer<IdxData> = async (data, { resolvePath }) => {
  const imagesFile = fileOf(data.images, '/images', resolvePath);
  const labelsFile = fileOf(data.labels, '/labels', resolvePath);
  const { shape, count } = await idxFacts(imagesFile, 'images');
  const size = shape.reduce((product, length) => product * length, 1);
  const most = Math.min(count, data.limit ?? count, Math.max(1, Math.floor(LOOKED / size)));
  const pixels = await firstValues(imagesFile, 'images', most * size);
  const labels = [...(await firstValues(labelsFile, 'labels', most))];
  const [height, width] = shape;
  if (shape.length === 2 && height && width)
    return previewImages({ height, width, pixels, labels });
  const classes = countLabels(labels.map(String));
  return { looked: labels.length, classes, spread: spreadOf(pixels, 1 / 255) };
};

async function firstValues(file: DataFile, content: IdxContent, most: number): Promise<Uint8Array> {
  const { start } = await idxFacts(file, content);
  const { bytes } = await readStart(file, start + most);
  // A copy: what was unpacked around it is let go.
  return Uint8Array.from(bytes.subarray(start));
}

function fileOf(path: string, pointer: string, resolve: (path: string) => string): DataFile {
  return { path, pointer, location: resolve(path) };
}

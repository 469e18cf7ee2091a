import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';
import type { IdxHeader } from './idx-header';

/** A file of images and the file of their labels. */
export interface IdxPair {
  imagesFile: DataFile;
  labelsFile: DataFile;
  images: IdxHeader;
  labels: IdxHeader;
}

/**
 * Each image needs one label.
 * @throws DataProblem at the labels
 */
export function checkIdxPair({ imagesFile, labelsFile, images, labels }: IdxPair): void {
  if (images.count === labels.count) return;
  throw new DataProblem(
    'fip/data-mismatch',
    `\`${labelsFile.path}\` has ${labels.count} labels, but \`${imagesFile.path}\` has ${images.count} images. Do the two files belong together?`,
    labelsFile.pointer,
  );
}

/**
 * Test images need the shape of the training images.
 * @throws DataProblem at the test images
 */
export function checkIdxTest(train: IdxPair, test: IdxPair): void {
  const [expected, found] = [train, test].map(({ images }) => images.shape.join(' x '));
  if (expected === found) return;
  throw new DataProblem(
    'fip/data-mismatch',
    `The test images in \`${test.imagesFile.path}\` are ${found} pixels, but the training images are ${expected}.`,
    test.imagesFile.pointer,
  );
}

import type { Leg } from '../../../spec/experiment';
import { commonTokens } from '../../data/augment/text/sentences';
import {
  augmented,
  imageSizeOf,
  type AugmentationName,
  type ImageWay,
} from '../../data/augmentations';
import type { DataSet } from '../../data/data-set';
import { augmentedTexts, isTextWay, type TextWay } from '../../data/text-augmentations';
import { EngineError } from '../../engine-error';
import type { Network } from '../../network/network';
import type { Random } from '../../random';

/** Changes a batch of inputs in ways that leave what they show; a new array. */
export type InputChange = (inputs: Float32Array, random: Random) => Float32Array;

/**
 * The change of inputs that a leg asks for; undefined where it asks for none.
 * @param dataSets those that are kept; inputs of all data sets have one shape
 * @throws EngineError `fip/augment-needs-images` or `fip/augment-needs-texts` where the inputs are none
 */
export function augmentationOf(
  { keep }: Leg,
  index: number,
  dataSets: readonly DataSet[],
  network: Network,
): InputChange | undefined {
  const [names, [data]] = [keep.augment, dataSets];
  if (!names || !data) return undefined;
  const [texts, images] = [names.filter(isTextWay), names.filter(isImageWay)];
  const refuse = (name: AugmentationName) => {
    const place = `/path/${index}/keep/augment/${names.indexOf(name)}`;
    return isTextWay(name)
      ? needsTexts(name, data.name, place)
      : needsImages(name, data.name, place);
  };
  if (network.vocabulary !== undefined) {
    if (images[0]) throw refuse(images[0]);
    return changeTexts(data, texts);
  }
  if (texts[0]) throw refuse(texts[0]);
  const size = imageSizeOf(data.inputShape);
  if (!size) throw refuse(names[0] ?? 'affine');
  return (inputs, random) => augmented(inputs, size, images, random);
}

function isImageWay(name: AugmentationName): name is ImageWay {
  return !isTextWay(name);
}

function changeTexts(
  { inputShape, train, special }: DataSet,
  ways: readonly TextWay[],
): InputChange {
  const [length = 1] = inputShape;
  const around = special ?? commonTokens(train.inputs, length);
  return (inputs, random) => augmentedTexts(inputs, length, around, ways, random);
}

function needsImages(name: string, data: string, pointer: string): EngineError {
  const message = `\`${name}\` changes images, and the samples of \`${data}\` are none. Remove it from \`augment\`.`;
  return new EngineError('fip/augment-needs-images', message, pointer);
}

function needsTexts(name: string, data: string, pointer: string): EngineError {
  const message = `\`${name}\` changes texts, and the samples of \`${data}\` are none. Remove it from \`augment\`.`;
  return new EngineError('fip/augment-needs-texts', message, pointer);
}

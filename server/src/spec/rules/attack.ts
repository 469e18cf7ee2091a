/** Only images can be attacked: of other data nothing says how far a value may be changed. */
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

const imageFormats = ['glyphs', 'idx', 'cifar'];

export const attack: Rule = ({ document, facts }) => {
  const on = facts.measure.attack?.['on'];
  const format = facts.data.find(({ name }) => name === on)?.value['format'];
  if (typeof format !== 'string' || imageFormats.includes(format)) return [];
  const message = `Only images can be attacked, and data of the format \`${format}\` are none. Name a data set of images, or remove \`attack\`.`;
  const range = document.rangeOf('/measure/attack/on');
  return [specError('fip/attack-needs-images', range, message)];
};

/** One network reads all data sets of an experiment, so their inputs have one size. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { Rule } from './rule';

const features = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** `28 x 28`. */
export const shapeText = (shape: readonly number[]): string => shape.join(' x ');

export const inputShape: Rule = ({ document, facts, known }) => {
  const used = new Set(facts.uses.map(({ name }) => name));
  const shaped = facts.data.flatMap((data) => {
    const shape = known.get(data.name)?.inputShape;
    return used.has(data.name) && shape ? [{ ...data, shape }] : [];
  });
  const [first, ...rest] = shaped;
  if (!first) return [];
  return (
    rest
      .filter(({ shape }) => features(shape) !== features(first.shape))
      // Of several tasks one is enough to say it.
      .filter(({ pointer }, i, all) => all.findIndex((other) => other.pointer === pointer) === i)
      .map(({ name, pointer, shape }): SpecDiagnostic => {
        const part = document.has(`${pointer}/size`) ? `${pointer}/size` : pointer;
        const message = `The inputs of \`${name}\` are ${shapeText(shape)}, those of \`${first.name}\` ${shapeText(first.shape)}: one network cannot read both. Use data sets of one size.`;
        const range = document.rangeOf(part, part === pointer ? 'key' : 'value');
        const related = [
          {
            message: `\`${first.name}\` is defined here.`,
            range: document.rangeOf(first.pointer, 'key'),
          },
        ];
        return specError('fip/input-shape', range, message, { related });
      })
  );
};

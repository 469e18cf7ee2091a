/** Numbers of tokens are names, not amounts: only a network that looks them up can read texts. */
import { valueAt } from '../json-pointer';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { Rule } from './rule';

export const readsTexts: Rule = ({ document, facts, known }) => {
  const used = new Set(facts.uses.map(({ name }) => name));
  const texts = facts.data.flatMap(({ name, pointer }) => {
    const vocabulary = known.get(name)?.vocabulary;
    return used.has(name) && vocabulary !== undefined ? [{ name, pointer, vocabulary }] : [];
  });
  const { architecture, vocabulary: words } = facts.model;
  return texts.slice(0, 1).flatMap(({ name, pointer, vocabulary }): SpecDiagnostic[] => {
    const related = [
      { message: `\`${name}\` is defined here.`, range: document.rangeOf(pointer, 'key') },
    ];
    const problem = (part: string, message: string) => [
      specError('fip/text-model', document.rangeOf(part), message, { related }),
    ];
    if (architecture !== undefined && architecture !== 'bert')
      return problem(
        '/model/architecture',
        `\`${name}\` holds texts, whose words are numbered, and \`${architecture}\` would take the numbers for amounts. Use \`bert\`.`,
      );
    if (words === undefined || words >= vocabulary) return [];
    if (architecture !== valueAt(document.value, '/model/architecture'))
      return problem(
        `${pointer}/tokenizer`,
        `The tokenizer of \`${name}\` numbers ${vocabulary} pieces of words, and the network of \`start.weights\` knows ${words}. Name the tokenizer that was published with it.`,
      );
    const part = document.has('/model/vocabulary') ? '/model/vocabulary' : '/model/architecture';
    return problem(
      part,
      `The tokenizer of \`${name}\` numbers ${vocabulary} pieces of words, and the model knows ${words}. Write \`vocabulary: ${vocabulary}\`.`,
    );
  });
};

/** What is known of a data set, in a line or two. */
import type { DataKnowledge } from '../spec/data-inspector';
import type { CheckedSpec } from '../spec/check-spec';
import { alternatives, plural } from '../spec/words';
import { previewDocs } from './preview-docs';
import type { ShownPreview } from './preview-docs';

type LengthFacts = NonNullable<DataKnowledge['lengths']>;

/** Sizes of a data set, its first samples, and where the spec uses it; undefined where no set has that name. */
export function dataDocs(
  { facts, known }: CheckedSpec,
  name: string,
  preview?: ShownPreview,
): string | undefined {
  const source = facts.sources.find((candidate) => candidate.name === name);
  const data = source ?? facts.data.find((candidate) => candidate.name === name);
  if (!data) return undefined;
  const { trainCount, testCount, inputShape, largestLabel, lengths, classes } =
    known.get(name) ?? {};
  const sizes = [
    typeof data.value['format'] === 'string' && `\`${data.value['format']}\``,
    trainCount !== undefined && plural(trainCount, 'training sample'),
    testCount !== undefined && plural(testCount, 'test sample'),
    lengths && `texts of up to ${lengths.longest} tokens`,
    inputShape && `inputs ${inputShape.join(' x ')}`,
    classes && classes.length < 10 && data.task !== undefined && `classes ${classes.join(', ')}`,
    largestLabel !== undefined && `labels up to ${largestLabel}`,
  ].filter(Boolean);
  const uses = usesOf(
    facts.uses.filter((use) => use.name === name).map(({ pointer }) => pointer),
    facts,
  );
  const tasks =
    source && source.tasks.length > 0 && `Its tasks: ${alternatives(source.tasks, 'and')}.`;
  const title = `Data set **\`${name}\`**: ${sizes.join(' · ')}`;
  const only = data.task === undefined ? undefined : classes;
  const samples = preview && previewDocs(preview, only);
  return [title, lengths && lengthDocs(lengths), tasks, uses, samples].filter(Boolean).join('\n\n');
}

/** How the first texts fill the places that `max_length` gives each. */
function lengthDocs({ counted, median, cut, padding }: LengthFacts): string {
  const cuts = cut === 0 ? 'none is cut' : `${cut} ${cut === 1 ? 'is' : 'are'} cut`;
  const share = `${Math.round(100 * padding)} % of the places are padding, which the network does not look at`;
  return `Of the first ${plural(counted, 'text')} half have up to ${median} tokens, ${cuts}, and ${share}.`;
}

function usesOf(pointers: readonly string[], { legs }: CheckedSpec['facts']): string | undefined {
  const words = pointers.map((pointer) => {
    const leg = legs.find((candidate) => pointer.startsWith(`${candidate.pointer}/`));
    if (!leg) return 'trained on at the start';
    const inPool = pointer.includes('/keep/pool/');
    const verb = inPool ? 'a pool' : pointer.includes('/keep/') ? 'kept' : 'learnt';
    return `${verb} in ${alternatives([leg.name ?? 'a leg'])}`;
  });
  return words.length > 0 ? `It is ${[...new Set(words)].join(', ')}.` : undefined;
}

// Writes samples/texts/: sentences of praise and complaint, put together by a fixed rule, so that a sample of texts needs none.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

/** Each opinion stands with things that it can be said of; the second half of each list is for complaints. */
const TOPICS = {
  dishes: {
    things: ['soup', 'bread', 'curry', 'cake', 'salad', 'coffee', 'fish', 'rice', 'pie', 'tea'],
    good: [
      'was fresh and full of flavour',
      'tasted wonderful',
      'came hot and quickly',
      'was a delight',
      'was worth every penny',
    ],
    bad: [
      'was cold and bland',
      'tasted of nothing',
      'took an hour to come',
      'was a disappointment',
      'cost far too much',
    ],
    places: ['at lunch', 'last night', 'on the terrace', 'again', ''],
  },
  gadgets: {
    things: [
      'phone',
      'charger',
      'headset',
      'keyboard',
      'lamp',
      'camera',
      'speaker',
      'watch',
      'cable',
      'screen',
    ],
    good: [
      'works perfectly',
      'feels solid and well made',
      'was easy to set up',
      'lasts for days',
      'does more than I hoped',
    ],
    bad: [
      'broke within a week',
      'feels cheap and flimsy',
      'would not connect',
      'is empty by noon',
      'does nothing that it promises',
    ],
    places: ['so far', 'for the price', 'after two months', 'as always', ''],
  },
};
const OPENINGS = ['The', 'Our', 'This', 'Their new'];

/** Every thing with every opinion; openings and endings take turns, so that no word gives the label away alone. */
function sentencesOf({ things, good, bad, places }) {
  let turn = 0;
  const say = (thing, opinion) => {
    turn += 1;
    const opening = OPENINGS[turn % OPENINGS.length];
    const place = places[(turn * 3) % places.length];
    return `${opening} ${thing} ${opinion}${place && ' '}${place}.`;
  };
  return things.flatMap((thing) =>
    good.flatMap((praise, i) => [
      `${say(thing, praise)}\t1`,
      `${say(thing, bad[i])}\t0`,
      `${say(thing, `${praise}, and I say so gladly`)}\t1`,
      `${say(thing, `${bad[i]}, and I am sorry to say so`)}\t0`,
    ]),
  );
}

const folder = join(root, 'samples/texts');
mkdirSync(folder, { recursive: true });
for (const [name, topic] of Object.entries(TOPICS))
  writeFileSync(join(folder, `${name}.tsv`), `${sentencesOf(topic).join('\n')}\n`);

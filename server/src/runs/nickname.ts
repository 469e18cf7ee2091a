import { randomInt } from 'node:crypto';

const MOODS =
  'agile amber brave bright brisk calm candid clever cosy crisp daring deft eager early fair fleet fond frank gentle glad golden grand green happy hardy honest humble jolly keen kind lively loyal lucid lucky mellow merry mild modest neat nimble noble placid plain polite proud quick quiet rapid ready royal serene sharp shy silent sleek smart snug sober steady stout sunny swift tidy vivid warm wise witty'.split(
    ' ',
  );

const ANIMALS =
  'badger bear beaver bison camel cat crane crow deer dove duck eagle egret elk falcon ferret finch fox gecko goose hare hawk hedgehog heron ibis ibex jay kestrel kite koala lark lemur lion lizard llama lynx magpie marten mole moose newt orca osprey otter owl panda pelican pika plover puffin quail rabbit raven robin salmon seal shrew snail sparrow squid stork swan swift tern tiger toad turtle vole walrus weasel whale wolf wren yak zebra'.split(
    ' ',
  );

/**
 * Two words that people can say, such as `calm-otter`.
 * @param taken the nicknames that are in use already; where chance does not find a free one, a number is added
 */
export function pickNickname(taken: ReadonlySet<string>): string {
  for (let attempt = 0; attempt < 100; attempt++) {
    const nickname = twoWords();
    if (!taken.has(nickname)) return nickname;
  }
  const nickname = twoWords();
  let number = 2;
  while (taken.has(`${nickname}-${number}`)) number++;
  return `${nickname}-${number}`;
}

function twoWords(): string {
  return `${MOODS[randomInt(MOODS.length)]!}-${ANIMALS[randomInt(ANIMALS.length)]!}`;
}

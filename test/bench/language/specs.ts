/** Specs of any length, written as people write them: one key a line, a comment here and there, nothing wrong. */

const head = `# Make a network sparser a little at a time, and look at it after each leg.
fip: 1
name: many-legs
description: Prune in many small legs that keep what the network does with glyphs.

data:
  glyphs:
    format: glyphs
    train: 2000

model:
  architecture: mlp
  hidden: [128, 64]
  classes: 10

start:
  train:
    on: glyphs
    epochs: 5
`;

const leg = (i: number, target: string) => `  # Leg ${i}: to ${target} of the weights.
  - leg: prune-${i}
    objective:
      type: sparsify
      target: ${target}
    keep:
      on: glyphs
      memory: 500
    solver:
      type: geodesic
      steps: 20
      stiffness: 0.1
`;

const expectation = (i: number) => `  - metric: accuracy
    on: glyphs
    at: prune-${i}
    at_least: 0.9
`;

const short = `fip: 1
name: one-leg
data:
  glyphs: {format: glyphs}
model:
  architecture: mlp
  hidden: [128, 64]
  classes: 10
start:
  train: {on: glyphs, epochs: 5}
path:
  - leg: prune
    objective: {type: sparsify, target: 0.8}
    keep: {on: glyphs, memory: 500}
    solver:
      type: geodesic
      steps: 20
      stiffness: 0.1
expect:
  - {metric: accuracy, on: glyphs, at_least: 0.9}
`;

const count = (text: string): number => text.split('\n').length - 1;

/** A valid spec of exactly so many lines, at least 20. */
export function specOfLines(lines: number): string {
  const room = lines - count(head) - count('\npath:\n\nexpect:\n');
  const most = Math.floor(room / (count(leg(1, '')) + count(expectation(1))));
  if (most < 1) return filledUp(short, lines);
  const numbers = Array.from({ length: most }, (_, i) => i + 1);
  const target = (i: number) => (0.1 + (0.85 * i) / most).toFixed(4);
  const legs = numbers.map((i) => leg(i, target(i))).join('');
  const expectations = numbers.map(expectation).join('');
  return filledUp(`${head}\npath:\n${legs}\nexpect:\n${expectations}`, lines);
}

const filledUp = (text: string, lines: number): string =>
  text + '# That is all.\n'.repeat(Math.max(0, lines - count(text)));

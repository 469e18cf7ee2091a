import { describe, expect, test } from 'vitest';
import { dataDocs } from '../../server/src/language/data-docs';
import { hover } from '../../server/src/language/hover';
import type { LatestRun } from '../../server/src/language/latest-run';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import { factsOf } from '../../server/src/spec/spec-facts';
import { atCursor, check, latest, uri, validSpec } from './kit';

async function hoverText(marked: string, run?: LatestRun): Promise<string | undefined> {
  const { text, offset } = atCursor(marked);
  const found = hover(await check(text), offset, run);
  return found ? (found.contents as { value: string }).value : undefined;
}

describe('hover on keys and values', () => {
  test('a data set tells that it is a pool, and a pool what it is', async () => {
    const spec = validSpec
      .replace('model:', '  more: {format: glyphs, alphabet: letters}\nmodel:')
      .replace('memory: 500', 'memory: 500, pool: {on: more}');
    expect(await hoverText(spec.replace('on: more', 'on: mo<|>re'))).toContain(
      'It is a pool in `prune`',
    );
    const share = spec.replace('on: more', 'on: more, sha<|>re: 0.3');
    expect(await hoverText(share)).toContain('drawn from the pool');
  });

  test('a key tells its type, bounds, default, unit and description', async () => {
    const text = await hoverText(validSpec.replace('memory:', 'mem<|>ory:'));
    expect(text).toContain('**`memory`** · whole number or mapping · ≥ 1 · in samples');
    expect(text).toContain('Number of training inputs kept');
    const epochs = await hoverText(validSpec.replace('epochs: 2', 'epochs: 2<|>'));
    expect(epochs).toContain('default `10`');
  });

  test('a required key says so', async () => {
    expect(await hoverText(validSpec.replace('steps', '<|>steps'))).toContain('required');
  });

  test('the variant that applies is the one described', async () => {
    const geodesic = await hoverText(validSpec.replace('steps: 10', '<|>samples: 10, steps: 10'));
    expect(geodesic).toContain('define the metric');
    const penalty = await hoverText(
      validSpec.replace('type: geodesic, steps: 10', 'type: penalty, <|>samples: 10, steps: 10'),
    );
    expect(penalty).toContain('in the penalty of each step');
  });

  test('a value that chooses a variant is explained', async () => {
    const text = await hoverText(validSpec.replace('geodesic', 'geo<|>desic'));
    expect(text).toContain('conjugate gradients in sample space');
  });

  test('a key with variants lists them', async () => {
    const text = await hoverText(validSpec.replace('solver', 'sol<|>ver'));
    expect(text).toContain('`type: geodesic`');
    expect(text).toContain('`type: penalty`');
  });

  test("an optimiser tells its defaults and which of PyTorch's it is", async () => {
    const within = (optimizer: string) =>
      validSpec.replace('epochs: 2}', `epochs: 2, optimizer: ${optimizer}}`);
    const betas = await hoverText(within('{type: adam, be<|>tas: [0.8, 0.99]}'));
    expect(betas).toContain('default `[0.9, 0.999]`');
    const schedule = await hoverText(within('{type: adam, sched<|>ule: {type: cosine}}'));
    expect(schedule).toContain('CosineAnnealingLR');
    expect(schedule).toContain('StepLR');
    const warmup = await hoverText(
      within('{type: adam, schedule: {type: step, every: 2, warm<|>up: 9}}'),
    );
    expect(warmup).toContain('whole number · ≥ 0 · in steps · default `0`');
    expect(warmup).toContain('start_factor = 1 / (warmup + 1)');
  });

  test('a reference tells of the data set that it names', async () => {
    const text = await hoverText(validSpec.replace('keep: {on: glyphs', 'keep: {on: gl<|>yphs'));
    expect(text).toContain('Data set **`glyphs`**: `glyphs` · 2,000 training samples');
    expect(text).toContain('inputs 20 x 20');
    expect(text).toContain('kept in `prune`');
  });

  test('the model tells its layers and parameters', async () => {
    const text = await hoverText(validSpec.replace('model', 'mo<|>del'));
    expect(text).toContain('| dense1 | 30 | 12,030 | 24 kFLOP |');
    expect(text).toContain('**12,860 parameters**');
  });

  test('nothing is said of unknown keys, comments and gaps', async () => {
    expect(await hoverText(`${validSpec}# comm<|>ent\n`)).toBeUndefined();
    expect(
      await hoverText(validSpec.replace('seed', '').replace('fip: 1', 'fip: 1\nxyz<|>: 1')),
    ).toBeUndefined();
    expect(await hoverText('<|>')).toBeUndefined();
  });
});

describe('hover with a run', () => {
  test('a leg shows start, projected and end, curves and status', async () => {
    const text = await hoverText(
      validSpec.replace('leg: prune', 'leg: pr<|>une'),
      latest('completed'),
    );
    expect(text).toContain('**Run calm-otter** · completed · 10 of 10 steps in 3.3 s');
    expect(text).toContain('| | start | projected | end | change |');
    expect(text).toContain('| accuracy, glyphs | 97 % | 50 % | 87 % | −10 pp |');
    expect(text).toContain('| sparsity | 0 % | 80 % | 80 % | +80 pp |');
    expect(text).toContain('| arc length | 12.5 | 12.5 | 12.5 | 0 |');
    expect(text).toMatch(/`█▇▃▁` accuracy, glyphs/);
    expect(text).not.toContain('Stale');
  });

  test('while the leg is walked, it shows where the path stands', async () => {
    const text = await hoverText(
      validSpec.replace('leg: prune', 'leg: pr<|>une'),
      latest('walking'),
    );
    expect(text).toContain('running · 8 of 10 steps');
    expect(text).toContain('| | start | projected | now |');
  });

  test('while the leg is walked, it tells how long the rest takes', async () => {
    const run = latest('walking');
    const [leg] = run.view.legs;
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
    // Twelve seconds to step 4, and eight more, which are two a step, to step 8.
    leg?.checkpoints.forEach((checkpoint, i) => (checkpoint.time = at([0, 12, 20][i] ?? 0)));
    const text = await hoverText(validSpec.replace('leg: prune', 'leg: pr<|>une'), run);
    expect(text).toContain('running · 8 of 10 steps · about 4 s to go');
    run.summary.status = 'interrupted';
    const later = await hoverText(validSpec.replace('leg: prune', 'leg: pr<|>une'), run);
    expect(later).toContain('8 of 10 steps\n');
  });

  test('results link to their panel where the editor runs commands', async () => {
    const { text, offset } = atCursor(validSpec.replace('leg: prune', 'leg: pr<|>une'));
    const checked = await check(text);
    const shown = (runsCommands: boolean) =>
      (hover(checked, offset, latest('completed'), { runsCommands })?.contents as { value: string })
        .value;
    expect(shown(false)).not.toContain('command:');
    const [, values = ''] = /\(command:fip\.showResults\?([^)]*)\)/.exec(shown(true)) ?? [];
    expect(JSON.parse(decodeURIComponent(values))).toEqual([uri, 'r1']);
  });

  test('stale results are said to be stale', async () => {
    const text = await hoverText(
      validSpec.replace('leg: prune', 'le<|>g: prune'),
      latest('completed', true),
    );
    expect(text).toContain('Stale');
  });

  test('an expectation tells what was measured', async () => {
    const text = await hoverText(
      validSpec.replace('metric: acc', 'metric: <|>acc'),
      latest('completed'),
    );
    expect(text).toContain('✗ Accuracy on glyphs at the end is 87 %; expected was at least 90 %.');
  });
});

test('a data set of texts tells how long they are, how many are cut and how much is padding', () => {
  const facts = factsOf({ data: { reviews: { format: 'text' } } });
  const lengths = { counted: 200, median: 14, longest: 43, cut: 2, padding: 0.623 };
  const known = new Map([['reviews', { inputShape: [40], lengths }]]);
  const text = dataDocs({ facts, known } as unknown as CheckedSpec, 'reviews');
  expect(text).toContain('texts of up to 43 tokens');
  expect(text).toContain(
    'Of the first 200 texts half have up to 14 tokens, 2 are cut, and 62 % of the places are padding',
  );
});

import { describe, expect, test } from 'vitest';
import { filesOfSample, freeFileName, sampleInfo } from '../../client/src/commands/sample-info';

describe('what is shown of a sample', () => {
  test('name and description, also when it is folded', () => {
    const text = 'fip: 1\nname: prune\ndescription: >-\n  Makes a network\n  sparser.\n';
    expect(sampleInfo(text, 'a.fip.yaml')).toEqual({
      name: 'prune',
      description: 'Makes a network sparser.',
    });
  });

  test.each([['{'], [''], ['- 1'], ['name: [1]'], ['name: ""'], ['a: &a [*a, *a]']])(
    'the file name stands in for %j',
    (text) => {
      expect(sampleInfo(text, 'prune.fip.yaml')).toEqual({ name: 'prune', description: '' });
    },
  );
});

test('the files of a sample are those below its folder that its data names', () => {
  const text = `data:
  a: {format: text, file: texts/a.tsv, tokenizer: minilm}
  b: {file: ../up.tsv, test: /etc/passwd, images: deep/er/b.gz}
  c: [1]
`;
  expect(filesOfSample(text)).toEqual(['texts/a.tsv', 'deep/er/b.gz']);
  expect(filesOfSample('data: 3')).toEqual([]);
});

describe('the name of a new file', () => {
  test.each([
    ['prune', [], 'prune.fip.yaml'],
    ['prune', ['prune.fip.yaml'], 'prune-2.fip.yaml'],
    ['prune', ['prune.fip.yaml', 'prune-2.fip.yaml'], 'prune-3.fip.yaml'],
    ['learn, then prune', [], 'learn-then-prune.fip.yaml'],
    ['../../etc/passwd', [], 'etc-passwd.fip.yaml'],
    ['..', [], 'experiment.fip.yaml'],
    ['Größe', [], 'Größe.fip.yaml'],
  ])('%s beside %j is %s', (name, taken, expected) => {
    expect(freeFileName(name, new Set(taken))).toBe(expected);
  });
});

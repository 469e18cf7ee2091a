import { afterEach, beforeEach } from 'vitest';
import type { TextData } from '../../../server/src/spec/experiment';
import fixture from '../../fixtures/parity/tokens.json' with { type: 'json' };
import { TestFolder } from './test-files';

export const textData: TextData = {
  format: 'text',
  layout: 'tsv',
  file: 'texts',
  test: 'held',
  header: false,
  text: 'first',
  label: 'last',
  tokenizer: 'tokenizer.json',
  max_length: 6,
  test_fraction: 0.25,
  label_offset: 0,
};

/** Without test texts: a part of the others is set aside. */
export const single = (({ test: _test, ...rest }) => rest)(textData);

/** A folder with the tiny tokenizer, for each test; read it where a test runs. */
export function folderWithTokenizer(): { readonly now: TestFolder } {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder();
    folder.write('tokenizer.json', JSON.stringify(fixture.tiny.uncased));
  });
  afterEach(() => folder.remove());
  return {
    get now() {
      return folder;
    },
  };
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Words that BERT's tokenizers know by name. */
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/**
 * What a `tokenizer.json` would say of the tokenizer that older networks were published with: a `vocab.txt` with a piece
 * of a word a line, read as Hugging Face's BertTokenizer reads it.
 * @param text the file's content; a piece's number is that of its line, counted from 0
 * @param location the file's absolute path; a `tokenizer_config.json` beside it says whether capital letters count
 */
export function tokenizerOfVocabulary(text: string, location: string): Record<string, unknown> {
  const pieces = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const settings = settingsBeside(location);
  const known = SPECIAL.filter((content) => Object.hasOwn(vocab, content));
  return {
    added_tokens: known.map((content) => ({ id: vocab[content], content, special: true })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: settings['tokenize_chinese_chars'] !== false,
      strip_accents: null,
      lowercase: settings['do_lower_case'] !== false,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'BertProcessing',
      sep: ['[SEP]', vocab['[SEP]']],
      cls: ['[CLS]', vocab['[CLS]']],
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}

function settingsBeside(location: string): Record<string, unknown> {
  try {
    const path = join(dirname(location), 'tokenizer_config.json');
    return Object(JSON.parse(readFileSync(path, 'utf8'))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

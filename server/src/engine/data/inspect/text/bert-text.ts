/** Ideographs beyond the first 65,536 characters, as BERT counts them. */
const RARE_IDEOGRAPHS =
  /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/**
 * Prepares a text so that the tokenizer library reads it as Hugging Face's own does, in the two places where it does not:
 * ideographs of two code units stay apart, and a capital sigma at the end of a word becomes a common small one.
 */
export function asBertReads(text: string, { lowercase, ideographs }: BertReading): string {
  const spaced = ideographs ? text.replace(RARE_IDEOGRAPHS, ' $& ') : text;
  return lowercase ? spaced.replaceAll('Σ', 'σ') : spaced;
}

/** What a tokenizer does to texts before it cuts them into words. */
export interface BertReading {
  lowercase: boolean;
  /** Whether each ideograph is a word of its own. */
  ideographs: boolean;
}

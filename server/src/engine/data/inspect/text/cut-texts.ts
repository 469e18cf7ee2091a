/** Tokens of each text, special ones included. */
export type TextLengths = readonly number[];

/** What to say of texts that `max_length` cuts; nothing where it cuts none. */
export function cutTexts(
  name: string,
  lengths: TextLengths,
  most: number,
): { code: 'fip/text-cut'; message: string; pointer: string }[] {
  const cut = lengths.filter((length) => length > most).length;
  if (cut === 0) return [];
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const message = `${cut} of ${lengths.length} texts of \`${name}\` have more than ${most} tokens and are cut there; the longest has ${longest}. Raise \`max_length\` to read them whole.`;
  return [{ code: 'fip/text-cut', message, pointer: '/max_length' }];
}

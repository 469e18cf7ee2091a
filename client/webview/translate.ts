import type { Translate } from '../../server/src/protocol/run-progress';

let translations: Readonly<Record<string, unknown>> = {};

/** Reads the translations that the host wrote into the page. */
export function readTranslations(json: string | undefined): void {
  translations = JSON.parse(json ?? '{}') as Record<string, unknown>;
}

/** The message in the language of the editor, with the values put in for `{0}`, `{1}`, ... */
export const t: Translate = (message, ...values) => {
  const translated = translations[message];
  const text = typeof translated === 'string' ? translated : message;
  return text.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
};

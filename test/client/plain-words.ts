import type { Translate } from '../../server/src/protocol/run-progress';

/** English, with the values put in. */
export const t: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));

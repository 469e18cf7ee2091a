import type { CliContext, Output } from './context';

type Paint = (text: string) => string;

/** Colours for one stream; they change nothing where the stream shows none. */
export interface Style {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
}

/** Colours on a terminal, unless NO_COLOR (any value but an empty one) or a dumb terminal forbids them. */
export function styleFor(output: Output, env: CliContext['env']): Style {
  const colours = output.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      colours && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

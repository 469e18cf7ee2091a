import type { EngineEvent } from '../host';
import { initialWeights } from '../network/network';
import { quoted } from '../network/weights-of-file';
import { Random } from '../random';
import type { RunContext } from '../run-context';
import { readWeights, unusedWarning } from './weights-file';

/**
 * The weights that a run begins with: read from the spec's file, or drawn by the seed to be trained. Warns of what the
 * file lacks or has too much of.
 * @param emit hears the warnings
 * @throws EngineError `fip/weights` where the file does not fit the model
 */
export function firstWeights(
  context: RunContext,
  emit: (event: EngineEvent) => void = (event) => {
    context.host.emit(event);
  },
): Float32Array {
  const { experiment, network } = context;
  const path = experiment.start.weights;
  if (path === undefined) return initialWeights(network, Random.of(experiment.seed, 'init'));
  const file = { path, pointer: '/start/weights' };
  const { weights, drawn, unused } = readWeights(context, file);
  if (drawn.length > 0)
    emit({
      event: 'warning',
      code: 'fip/weights-drawn',
      message: headMessage(path, drawn, experiment.start.train !== undefined),
      pointer: file.pointer,
    });
  if (unused.length > 0) emit({ event: 'warning', ...unusedWarning(unused, file) });
  return weights;
}

function headMessage(path: string, drawn: readonly string[], trained: boolean): string {
  const advice = trained
    ? '`start.train` trains it.'
    : 'Let a leg with the objective `learn` come first, or name a file that was saved with its head.';
  return `\`${path}\` is an encoder without this head: ${quoted(drawn)} were drawn by the seed. ${advice}`;
}

/** The layers of a spec's model, with their shapes, weights and costs. */
import type { LayerFacts } from '../engine/network/describe-network';
import type { CheckedSpec } from '../spec/check-spec';

/** Rows of a table in a hover; a deep network has more layers than anybody reads there. */
const MOST_ROWS = 24;

/** A Markdown table of the model's layers; undefined where the model or the size of its inputs is not known. */
export function modelDocs({ facts, known, network }: CheckedSpec): string | undefined {
  const data = facts.uses.map(({ name }) => name).find((name) => known.get(name)?.inputShape);
  const shape = data === undefined ? undefined : known.get(data)?.inputShape;
  if (!network || !shape || data === undefined) return undefined;
  const features = shape.reduce((product, size) => product * size, 1);
  const total = `**${counted(network.parameters)} parameters**, ${flopsText(network.multiplyAdds)} a sample.`;
  return [
    `Reads \`${data}\`, ${shape.join(' x ')} (${features} features).`,
    [
      '| layer | output | parameters | cost |',
      '|---|---:|---:|---:|',
      ...rows(network.layers),
    ].join('\n'),
    total,
  ].join('\n\n');
}

/** What one layer of the spec's own list gives out; undefined where that is not known. */
export function layerDocs({ network }: CheckedSpec, index: number): string | undefined {
  const layer = network?.layers[index];
  if (!layer) return undefined;
  const { outputShape, parameters, multiplyAdds } = layer;
  const cost = multiplyAdds > 0 ? `, ${flopsText(multiplyAdds)} a sample` : '';
  return `Gives out ${outputShape.join(' x ')}; ${counted(parameters)} parameters${cost}.`;
}

/** Layers with weights; those without only bend what passes. */
function rows(layers: readonly LayerFacts[]): string[] {
  const weighty = layers.filter(({ parameters }) => parameters > 0);
  const shown = weighty
    .slice(0, MOST_ROWS)
    .map(({ name, outputShape, parameters, multiplyAdds }) => {
      const cost = multiplyAdds > 0 ? flopsText(multiplyAdds) : '';
      return `| ${name} | ${outputShape.join(' x ')} | ${counted(parameters)} | ${cost} |`;
    });
  const rest = weighty.length - MOST_ROWS;
  return rest > 0 ? [...shown, `| and ${rest} more | | | |`] : shown;
}

const counted = (number: number) => number.toLocaleString('en');

/** `1.2 GFLOP`: two operations for each multiply-add. */
export function flopsText(multiplyAdds: number): string {
  const units = ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP'];
  let value = 2 * multiplyAdds;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${Number(value.toPrecision(3))} ${units[unit] ?? ''}`;
}

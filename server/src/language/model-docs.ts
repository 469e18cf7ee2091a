/** The layers of a spec's model, with their shapes and parameters. */
import type { CheckedSpec } from '../spec/check-spec';
import { layersOf } from '../spec/estimate';
import type { Model } from '../spec/experiment';
import { isRecord } from '../spec/schema-node';

/** A Markdown table of the model's layers; undefined where the model or the size of its inputs is not known. */
export function modelDocs({ resolved, facts, known }: CheckedSpec): string | undefined {
  const model = modelOf(resolved);
  const data = facts.uses.map(({ name }) => name).find((name) => known.get(name)?.inputShape);
  const shape = data === undefined ? undefined : known.get(data)?.inputShape;
  if (!model || !shape || data === undefined) return undefined;
  const features = shape.reduce((product, size) => product * size, 1);
  const layers = layersOf(model, features);
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const rows = layers.map(
    ({ name, inputs, outputs, parameters }) =>
      `| ${name} | ${outputs} x ${inputs} | ${parameters.toLocaleString('en')} |`,
  );
  return [
    `Reads \`${data}\`, ${shape.join(' x ')} (${features} features).`,
    ['| layer | weights | parameters |', '|---|---:|---:|', ...rows].join('\n'),
    `**${total.toLocaleString('en')} parameters** in all.`,
  ].join('\n\n');
}

/** The model, where it is well formed enough to count its layers. */
function modelOf(resolved: unknown): Model | undefined {
  const model = isRecord(resolved) ? resolved['model'] : undefined;
  if (!isRecord(model) || model['architecture'] !== 'mlp') return undefined;
  const { hidden, classes } = model;
  const isWidth = (width: unknown) => Number.isInteger(width) && (width as number) > 0;
  const counts = Array.isArray(hidden) && hidden.every(isWidth) && isWidth(classes);
  return counts ? (model as unknown as Model) : undefined;
}

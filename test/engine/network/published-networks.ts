/** The fixtures of whole networks that PyTorch worked out (see test/parity): models as libraries save them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedTensor } from '../../../server/src/engine/host';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { bertMaskedLm, bertStates } from '../../../server/src/engine/network/architectures/bert';
import type { Network } from '../../../server/src/engine/network/network';
import { decodeSafetensors } from '../../../server/src/engine/network/safetensors';
import type { Model } from '../../../server/src/spec/experiment';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/parity');

/** `config.json` of transformers for the vision models and BERTs, of the generating script for the others. */
interface Config {
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  intermediate_size: number;
  layer_norm_eps: number;
  patch_size: number;
  image_size?: number;
  num_channels?: number;
  vocab_size: number;
  max_position_embeddings: number;
  id2label: Record<string, string>;
  channels: number;
  side: number;
  classes: number;
  width: number;
}

/** What a published model is in a spec, and its samples' shape. */
type Reading = (config: Config, expected: NamedTensor[]) => Network;

const size = (config: Config) => ({
  width: config.hidden_size,
  depth: config.num_hidden_layers,
  heads: config.num_attention_heads,
  hidden: config.intermediate_size,
  layer_norm_epsilon: config.layer_norm_eps,
});

const words = (config: Config) => ({
  ...size(config),
  vocabulary: config.vocab_size,
  positions: config.max_position_embeddings,
});

const image = (make: (config: Config) => Model): Reading => {
  return (config) => {
    const side = config.image_size ?? config.side;
    return buildNetwork(make(config), [side, side, config.num_channels ?? config.channels]);
  };
};

const patches = (config: Config) => ({ ...size(config), patch: config.patch_size });
const classesOf = ({ id2label }: Config) => Object.keys(id2label).length;
const tokensOf = (expected: NamedTensor[]) => shapeOf(expected, 'inputs').slice(1);

const READINGS: Record<string, Reading> = {
  vit: image((config) => ({
    architecture: 'vit',
    ...patches(config),
    classes: classesOf(config),
  })),
  deit: image((config) => ({
    architecture: 'deit',
    ...patches(config),
    classes: classesOf(config),
  })),
  'deit-with-teacher': image((config) => ({
    architecture: 'deit',
    ...patches(config),
    distilled: true,
    classes: classesOf(config),
  })),
  'bert-states': (config, expected) => bertStates(words(config), tokensOf(expected)),
  'bert-masked-lm': (config, expected) => bertMaskedLm(words(config), tokensOf(expected)),
  'bert-classifier': (config, expected) =>
    buildNetwork(
      { architecture: 'bert', ...words(config), classes: classesOf(config) },
      tokensOf(expected),
    ),
  lenet5: image(({ classes }) => ({ architecture: 'lenet5', classes })),
  cnn4: image(({ width, classes }) => ({ architecture: 'cnn4', width, classes })),
  vgg11: image(({ width, classes }) => ({ architecture: 'vgg11', width, classes })),
  resnet18: image(({ width, classes }) => ({ architecture: 'resnet18', width, classes })),
};

/** A model as its library saved it, and what PyTorch makes of it. */
export interface Published {
  name: string;
  network: Network;
  /** As the file has them, name by name. */
  tensors: NamedTensor[];
  /** Givens and results, see test/parity/README.md. */
  expected: NamedTensor[];
}

export const published: Published[] = Object.entries(READINGS).map(([name, networkOf]) => {
  const bytes = (file: string) => readFileSync(join(FIXTURES, name, file));
  const { tensors: expected } = decodeSafetensors(bytes('expected.safetensors'));
  const { tensors } = decodeSafetensors(bytes('model.safetensors'));
  const config = JSON.parse(bytes('config.json').toString()) as Config;
  return { name, network: networkOf(config, expected), tensors, expected };
});

function find(tensors: readonly NamedTensor[], name: string): NamedTensor {
  const found = tensors.find((tensor) => tensor.name === name);
  if (!found) throw new Error(`The fixture has no ${name}.`);
  return found;
}

export function valuesOf(tensors: readonly NamedTensor[], name: string): Float32Array {
  return find(tensors, name).values;
}

export function shapeOf(tensors: readonly NamedTensor[], name: string): readonly number[] {
  return find(tensors, name).shape;
}

/** Those whose names begin so, by the rest of their names. */
export function startingWith(tensors: readonly NamedTensor[], prefix: string): NamedTensor[] {
  return tensors
    .filter(({ name }) => name.startsWith(prefix))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice(prefix.length) }));
}

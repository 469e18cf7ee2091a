/** Every architecture: its published size, and at a tiny size its derivatives on every backend. */
import { beforeAll, describe, expect, test } from 'vitest';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { bertMaskedLm, bertStates } from '../../../server/src/engine/network/architectures/bert';
import { describeNetwork } from '../../../server/src/engine/network/describe-network';
import { ShapeError } from '../../../server/src/engine/network/layers/layer';
import type { Network } from '../../../server/src/engine/network/network';
import type { LayersModel, Model } from '../../../server/src/spec/experiment';
import { backendsToTest } from '../backends';
import { norm } from '../dense-algebra';
import { expectProbes, pointOf, probesOf, type Point, type Probe } from '../derivatives';

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

const vitBase = { architecture: 'vit', patch: 16, width: 768, depth: 12, heads: 12 } as const;
const bertBase = { vocabulary: 30522, width: 768, depth: 12, heads: 12, positions: 512 };

/** Counts from the papers, torchvision and Hugging Face. */
const published: [string, Model, number[], number][] = [
  ['LeNet-300-100', { architecture: 'lenet_300_100', classes: 10 }, [28, 28], 266_610],
  ['LeNet-5', { architecture: 'lenet5', classes: 10 }, [28, 28], 61_706],
  [
    'ResNet-18 for CIFAR',
    { architecture: 'resnet18', width: 64, classes: 10 },
    [32, 32, 3],
    11_173_962,
  ],
  ['VGG-11 for CIFAR', { architecture: 'vgg11', width: 64, classes: 10 }, [32, 32, 3], 9_231_114],
  ['VGG-16 for CIFAR', { architecture: 'vgg16', width: 64, classes: 10 }, [32, 32, 3], 14_728_266],
  ['ViT-B/16', { ...vitBase, classes: 1000 }, [224, 224, 3], 86_567_656],
  ['DeiT-B', { ...vitBase, architecture: 'deit', classes: 1000 }, [224, 224, 3], 86_569_192],
  [
    'DeiT-B, distilled',
    { ...vitBase, architecture: 'deit', distilled: true, classes: 1000 },
    [224, 224, 3],
    87_338_192,
  ],
  ['BERT-base', { architecture: 'bert', ...bertBase, classes: 2 }, [128], 109_483_778],
];

test.each(published)('%s has as many weights as published', (_, model, shape, count) => {
  expect(describeNetwork(model, shape).parameters).toBe(count);
});

test('the cost of a ViT-B/16 is that of its paper, 17.6 billion multiply-adds', () => {
  const { multiplyAdds } = describeNetwork({ ...vitBase, classes: 1000 }, [224, 224, 3]);
  expect(multiplyAdds / 1e9).toBeCloseTo(17.6, 1);
});

const own: LayersModel = {
  architecture: 'layers',
  layers: [
    { type: 'conv2d', filters: 3, kernel: 3, stride: 1, padding: 'same', groups: 1, bias: false },
    { type: 'batch_norm' },
    { type: 'gelu' },
    { type: 'average_pool', size: 2, padding: 0 },
    { type: 'conv2d', filters: 3, kernel: 3, stride: 1, padding: 1, groups: 3, bias: true },
    { type: 'relu' },
    { type: 'global_average_pool' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: 4 },
    { type: 'layer_norm' },
    { type: 'tanh' },
  ],
  classes: 3,
};

const tinyVit = { patch: 2, width: 6, depth: 1, heads: 2, hidden: 8, classes: 3 };
const tinyBert = { vocabulary: 9, width: 6, depth: 1, heads: 2, hidden: 8, positions: 6 };
/** Two sentences of which one is padded. */
const ids = Float32Array.of(3, 1, 8, 2, 7, 0, 0, 0);

const tiny: Record<string, [Network, Partial<Point>?]> = {
  mlp: [build({ architecture: 'mlp', hidden: [5], activation: 'tanh', classes: 3 }, [2, 3])],
  cnn4: [build({ architecture: 'cnn4', width: 2, classes: 3 }, [5, 4])],
  vgg11: [build({ architecture: 'vgg11', width: 2, classes: 2 }, [32, 32, 1]), { samples: 1 }],
  resnet18: [build({ architecture: 'resnet18', width: 2, classes: 2 }, [8, 8, 1]), { samples: 2 }],
  vit: [build({ architecture: 'vit', ...tinyVit }, [4, 4, 2])],
  deit: [build({ architecture: 'deit', ...tinyVit }, [4, 4, 2])],
  'deit, distilled': [build({ architecture: 'deit', ...tinyVit, distilled: true }, [4, 4, 2])],
  bert: [
    build({ architecture: 'bert', ...tinyBert, classes: 3 }, [4]),
    { inputs: ids, samples: 2 },
  ],
  'bert with words as its head': [bertMaskedLm(tinyBert, [4]), { inputs: ids, samples: 2 }],
  'bert without a head': [bertStates(tinyBert, [4]), { inputs: ids, samples: 2 }],
  layers: [build(own, [6, 6])],
  'layers in training': [build(own, [6, 6]), { training: true }],
};

function build(model: Model, shape: number[]): Network {
  return buildNetwork(model, shape);
}

describe.each(Object.entries(tiny))('%s', (name, [network, options]) => {
  const point = pointOf(network, name, options);
  let probes: Probe[];
  beforeAll(() => {
    probes = probesOf(point);
  });

  test.each(backends)('derivatives on $on', ({ backend }) =>
    expectProbes(backend, point, probes, 5e-5),
  );

  test('every array of weights moves the outputs', () => {
    // Softmax does not see what is added to all keys.
    const seen = probes.filter(({ name }) => !name.endsWith('key.bias'));
    expect(seen.filter(({ moved }) => !(norm(moved) > 0)).map(({ name }) => name)).toEqual([]);
  });
});

describe('samples that an architecture cannot read', () => {
  const wrong: [Model, number[], RegExp][] = [
    [{ architecture: 'lenet5', classes: 10 }, [784], /reads images.*784/],
    [{ architecture: 'lenet5', classes: 10 }, [6, 6], /`conv2`.*5 x 5.*input of 3/],
    [
      { architecture: 'vgg16', width: 4, classes: 10 },
      [16, 16],
      /`features\.43`.*2 x 2.*input of 1/,
    ],
    [{ architecture: 'vit', ...tinyVit }, [5, 4, 3], /5 x 4 do not divide into patches of 2 x 2/],
    [{ architecture: 'vit', ...tinyVit, heads: 4 }, [4, 4], /width of 6 into 4 heads/],
    [{ architecture: 'bert', ...tinyBert, classes: 2 }, [4, 4], /rows of token numbers.*4 x 4/],
    [{ architecture: 'bert', ...tinyBert, classes: 2 }, [7], /6 positions and is given 7 tokens/],
  ];

  test.each(wrong)('%o on %o', (model, shape, message) => {
    expect(() => buildNetwork(model, shape)).toThrow(ShapeError);
    expect(() => buildNetwork(model, shape)).toThrow(message);
  });

  test('the first layer of a list that does not fit is named by its number', () => {
    const pool = { type: 'max_pool', size: 4, padding: 0 } as const;
    const model = { ...own, layers: [own.layers[0]!, pool, pool] };
    const error = (() => {
      try {
        return buildNetwork(model, [8, 8]);
      } catch (caught) {
        return caught as ShapeError;
      }
    })();
    expect(error).toMatchObject({ layer: 2, message: expect.stringContaining('`max_pool3`') });
  });
});

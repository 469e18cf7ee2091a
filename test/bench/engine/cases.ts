import { NetworkBuilder } from '../../../server/src/engine/network/build';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { bertBlock } from '../../../server/src/engine/network/architectures/bert';
import { normWith } from '../../../server/src/engine/network/architectures/encoder';
import { vitBlock } from '../../../server/src/engine/network/architectures/vit';
import type { Network } from '../../../server/src/engine/network/network';

/** What is timed. `matmul` is the machine's limit: a product of two 1024 x 1024 matrices. */
export const OPERATIONS = [
  'matmul',
  'forward',
  'gradient',
  'metric_product',
  'exact_step',
  'adam_step',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A network and the batch it is timed on. The PyTorch half has networks of the same names and sizes. */
export interface Case {
  readonly network: string;
  /** N, samples in the batch. */
  readonly samples: number;
  /** Of conjugate gradients in the exact step. */
  readonly iterations: number;
  build(): Network;
}

export const CASES: readonly Case[] = [
  {
    network: 'lenet_300_100',
    samples: 1000,
    iterations: 15,
    build: () => buildNetwork({ architecture: 'lenet_300_100', classes: 10 }, [28, 28, 1]),
  },
  {
    network: 'lenet5',
    samples: 256,
    iterations: 15,
    build: () => buildNetwork({ architecture: 'lenet5', classes: 10 }, [28, 28, 1]),
  },
  {
    network: 'resnet18',
    samples: 8,
    iterations: 3,
    build: () => buildNetwork({ architecture: 'resnet18', width: 64, classes: 10 }, [32, 32, 3]),
  },
  {
    network: 'vit_b_block',
    samples: 2,
    iterations: 3,
    build: () => blockOn(197, vitBlock),
  },
  {
    network: 'bert_base_block',
    samples: 4,
    iterations: 3,
    build: () => blockOn(128, bertBlock),
  },
];

/** One block of base size, 7.1 M weights, on tokens that come as they are; its outputs are all tokens' states. */
function blockOn(tokens: number, block: typeof vitBlock): Network {
  const net = new NetworkBuilder([tokens, 768]);
  return net.build(block(net, 'block', net.input, { heads: 12, hidden: 3072, norm: normWith() }));
}

export function caseOf(network: string): Case {
  const found = CASES.find((candidate) => candidate.network === network);
  if (!found) throw new RangeError(`There is no case '${network}'.`);
  return found;
}

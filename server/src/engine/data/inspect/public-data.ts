/**
 * Public data sets that can be fetched. Sizes and sha256 are those of the files as published; what comes with others is
 * not taken, whichever address it came from.
 */

import { dirname } from 'node:path';

/** Bytes to fetch, the same from each address. */
export interface Download {
  /** Tried in order. Only https, but for addresses of this machine. */
  urls: readonly string[];
  bytes: number;
  sha256: string;
}

/** A file as samples name it, relative to the data root, with forward slashes. */
export interface PublicFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** A download that is one file. */
export interface PlainDownload extends Download, PublicFile {}

/** A download that is a gzipped tar archive of some files. */
export interface ArchiveDownload extends Download {
  /** By their names in the archive. */
  members: Readonly<Record<string, PublicFile>>;
}

export interface PublicData {
  /** As `fip data get` takes it. */
  name: string;
  title: string;
  /** Who made it, and where it is described. */
  source: string;
  licence: string;
  /** The sections of a spec that read it. */
  spec: string;
  downloads: readonly (PlainDownload | ArchiveDownload)[];
}

/** The files that a download brings. */
export function filesOf(download: PlainDownload | ArchiveDownload): PublicFile[] {
  return 'members' in download ? Object.values(download.members) : [download];
}

/** The data set that a path in a spec means, where it is the path of one of its files or of their folder. */
export function publicDataAt(path: string): string | undefined {
  const written = `/${path.replaceAll('\\', '/').replace(/\/$/, '')}`;
  return PUBLIC_DATA.find(({ downloads }) =>
    downloads
      .flatMap(filesOf)
      .some((file) =>
        [file.path, dirname(file.path)].some((known) => written.endsWith(`/${known}`)),
      ),
  )?.name;
}

/** A file that is published as it is, under several addresses. */
function plain(
  folder: string,
  name: string,
  bytes: number,
  sha256: string,
  bases: readonly string[],
): PlainDownload {
  return { path: `${folder}/${name}`, bytes, sha256, urls: bases.map((base) => base + name) };
}

function idxSpec(name: string, folder: string): string {
  const pair = (part: string) => [
    `images: ${folder}/${part}-images-idx3-ubyte.gz`,
    `labels: ${folder}/${part}-labels-idx1-ubyte.gz`,
  ];
  const [train, test] = [pair('train'), pair('t10k')].map((lines) => lines.join('\n  '));
  return belowData(
    `${name}:\n  format: idx\n  ${train}\n  test:\n    ${test?.replace('\n', '\n  ')}`,
  );
}

const belowData = (entry: string) => `data:\n${entry.replaceAll(/^/gm, '  ')}`;

const MNIST = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
];
const FASHION = [
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
];
const CIFAR = [
  'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
  'https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/cifar-10-binary.tar.gz',
];

const MINILM = [
  'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main/',
  'https://hf-mirror.com/sentence-transformers/all-MiniLM-L6-v2/resolve/main/',
];

const minilm = (name: string, bytes: number, sha256: string) =>
  plain('minilm', name, bytes, sha256, MINILM);

const cifarBatch = (name: string, sha256: string): [string, PublicFile] => [
  `cifar-10-batches-bin/${name}`,
  { path: `cifar10/${name}`, bytes: 30_730_000, sha256 },
];

export const PUBLIC_DATA: readonly PublicData[] = [
  {
    name: 'mnist',
    title: 'MNIST: 60,000 + 10,000 handwritten digits, 28 x 28',
    source: 'Y. LeCun, C. Cortes and C. Burges, http://yann.lecun.com/exdb/mnist',
    licence: 'CC BY-SA 3.0',
    spec: idxSpec('mnist', 'mnist'),
    downloads: [
      plain(
        'mnist',
        'train-images-idx3-ubyte.gz',
        9_912_422,
        '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
        MNIST,
      ),
      plain(
        'mnist',
        'train-labels-idx1-ubyte.gz',
        28_881,
        '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
        MNIST,
      ),
      plain(
        'mnist',
        't10k-images-idx3-ubyte.gz',
        1_648_877,
        '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
        MNIST,
      ),
      plain(
        'mnist',
        't10k-labels-idx1-ubyte.gz',
        4_542,
        'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
        MNIST,
      ),
    ],
  },
  {
    name: 'fashion_mnist',
    title: 'Fashion-MNIST: 60,000 + 10,000 pictures of clothes, 28 x 28',
    source: 'H. Xiao, K. Rasul and R. Vollgraf, https://github.com/zalandoresearch/fashion-mnist',
    licence: 'MIT',
    spec: idxSpec('fashion', 'fashion-mnist'),
    downloads: [
      plain(
        'fashion-mnist',
        'train-images-idx3-ubyte.gz',
        26_421_880,
        '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
        FASHION,
      ),
      plain(
        'fashion-mnist',
        'train-labels-idx1-ubyte.gz',
        29_515,
        'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
        FASHION,
      ),
      plain(
        'fashion-mnist',
        't10k-images-idx3-ubyte.gz',
        4_422_102,
        '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
        FASHION,
      ),
      plain(
        'fashion-mnist',
        't10k-labels-idx1-ubyte.gz',
        5_148,
        '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
        FASHION,
      ),
    ],
  },
  {
    name: 'cifar10',
    title: 'CIFAR-10, binary version: 50,000 + 10,000 colour pictures, 32 x 32',
    source: 'A. Krizhevsky, https://www.cs.toronto.edu/~kriz/cifar.html',
    licence:
      'none stated; made for research, which should cite "Learning Multiple Layers of Features from Tiny Images", 2009',
    spec: belowData(
      [
        'cifar10:',
        '  format: cifar',
        '  files:',
        ...[1, 2, 3, 4, 5].map((batch) => `    - cifar10/data_batch_${batch}.bin`),
        '  test: { files: [cifar10/test_batch.bin] }',
      ].join('\n'),
    ),
    downloads: [
      {
        urls: CIFAR,
        bytes: 170_052_171,
        sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
        members: Object.fromEntries([
          cifarBatch(
            'data_batch_1.bin',
            'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
          ),
          cifarBatch(
            'data_batch_2.bin',
            'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
          ),
          cifarBatch(
            'data_batch_3.bin',
            'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
          ),
          cifarBatch(
            'data_batch_4.bin',
            '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
          ),
          cifarBatch(
            'data_batch_5.bin',
            '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
          ),
          cifarBatch(
            'test_batch.bin',
            '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
          ),
        ]),
      },
    ],
  },
  {
    name: 'minilm',
    title:
      'MiniLM (all-MiniLM-L6-v2): a pretrained encoder of English sentences, 22.7 million weights',
    source: 'N. Reimers, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2',
    licence: 'Apache-2.0',
    spec: 'model: { architecture: pretrained, classes: 10 }\nstart: { weights: minilm }',
    downloads: [
      minilm(
        'config.json',
        612,
        '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
      ),
      minilm(
        'tokenizer.json',
        466_247,
        'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      ),
      minilm(
        'model.safetensors',
        90_868_376,
        '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
      ),
    ],
  },
];

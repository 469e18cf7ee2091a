// Generated from schemas/experiment.schema.json by scripts/generate-types.mjs. Do not edit: change the schema and run `npm run generate`.
/**
 * A data set: where its samples come from and how they are prepared.
 *
 *
 */
export type Data = GlyphsData | IdxData | CifarData | CsvData | TextData;
/**
 * Makes several data sets of one, for learning one after another: NAME becomes NAME-1, NAME-2 and so on. The files are read once, and the inputs are normalised by all samples together.
 *
 *
 */
export type Tasks = ClassTasks | PermutedTasks;
/**
 * The network's architecture.
 *
 *
 */
export type Model =
  | MlpModel
  | Lenet300Model
  | Lenet5Model
  | Cnn4Model
  | Vgg11Model
  | Vgg16Model
  | Resnet18Model
  | VitModel
  | DeitModel
  | BertModel
  | PretrainedModel
  | LayersModel;
/**
 * A layer.
 *
 *
 */
export type Layer =
  | DenseLayer
  | Conv2DLayer
  | MaxPoolLayer
  | AveragePoolLayer
  | GlobalAveragePoolLayer
  | BatchNormLayer
  | LayerNormLayer
  | ReluLayer
  | GeluLayer
  | TanhLayer
  | FlattenLayer
  | DropoutLayer;
/**
 * The optimiser of a training run or a penalty solver.
 *
 *
 */
export type Optimizer = SgdOptimizer | AdamOptimizer | AdamWOptimizer | NormalisedOptimizer;
/**
 * How the learning rate changes from step to step. Left out: it stays as it is.
 *
 *
 */
export type Schedule = ConstantSchedule | CosineSchedule | LinearSchedule | StepSchedule;
/**
 * The secondary objective: what improves along the leg.
 *
 *
 */
export type Objective =
  SparsifyObjective | LearnObjective | DiversifyObjective | ReachObjective | FitObjective;
/**
 * How each step of the leg is found.
 *
 *
 */
export type Solver = GeodesicSolver | PenaltySolver;
/**
 * A baseline, with options.
 *
 *
 */
export type Baseline =
  | FineTuneBaseline
  | ExperienceReplayBaseline
  | JointBaseline
  | EwcBaseline
  | LwfBaseline
  | LoraBaseline
  | DerBaseline
  | OgdBaseline
  | MagnitudePruningBaseline
  | LotteryTicketBaseline
  | IndependentEnsembleBaseline;

/**
 * Synthetic handwritten-digit-like glyphs that FIP Lab draws itself: strokes with jitter, slant, thickness and noise. Needs no files.
 *
 *
 */
export interface GlyphsData {
  /**
   * Built-in synthetic glyphs, ten classes.
   */
  format: 'glyphs';
  /**
   * Number of training images to draw.
   */
  train: number;
  /**
   * Number of test images to draw. They share no random numbers with the training images.
   */
  test: number;
  /**
   * Width and height of an image.
   */
  size: number;
  /**
   * Which ten shapes to draw. `letters` gives a second task that looks different from `digits`.
   */
  alphabet: 'digits' | 'letters';
  /**
   * Shift and scale the inputs by the mean and standard deviation of the training inputs: of all pixels together for images, of each column by itself for tables.
   */
  normalize: boolean;
  tasks?: Tasks;
  /**
   * Added to every label. Lets a second task use its own classes of a shared head: labels 0-9 with offset 10 become classes 10-19.
   */
  label_offset: number;
}
/**
 * Each task has some of the classes, as in split MNIST. Takes `count` or `groups`.
 *
 *
 */
export interface ClassTasks {
  /**
   * Split by class.
   */
  by: 'classes';
  /**
   * Number of tasks: the classes that occur are shared out evenly, in order.
   */
  count?: number;
  /**
   * The classes of each task, in place of `count`, as the data numbers them (before `label_offset`). Samples of other classes are left out.
   *
   * @minItems 2
   * @maxItems 1000
   */
  groups?: number[][];
  /**
   * `own`: classes keep their numbers, so every task has outputs of its own (class-incremental; `accuracy_within` tells the task-incremental accuracy). `shared`: each task numbers its classes from 0, so all tasks share their outputs (domain-incremental).
   */
  labels: 'own' | 'shared';
}
/**
 * All tasks have all samples and classes; each one after the first sees the inputs' numbers in an order of its own, drawn by the seed, as in permuted MNIST. Each task that is used holds a copy of the samples in memory.
 *
 *
 */
export interface PermutedTasks {
  /**
   * Permute the inputs.
   */
  by: 'permutation';
  /**
   * Number of tasks. The first one is the data set as it is.
   */
  count: number;
}
/**
 * Images and labels in the IDX format of MNIST and Fashion-MNIST, plain or gzipped.
 *
 *
 */
export interface IdxData {
  /**
   * IDX files, as MNIST is published in.
   */
  format: 'idx';
  /**
   * File with the training images (IDX, unsigned bytes, optionally .gz). Relative to the data root where one is set, else to the spec.
   */
  images: string;
  /**
   * File with the training labels (IDX, unsigned bytes, optionally .gz).
   */
  labels: string;
  /**
   * The test files. Without them, a part of the training samples (`test_fraction`) is set aside for testing.
   */
  test?: {
    /**
     * File with the test images.
     */
    images: string;
    /**
     * File with the test labels.
     */
    labels: string;
  };
  /**
   * Part of the samples set aside for testing where no test files are named. The split is drawn by the seed.
   */
  test_fraction: number;
  /**
   * Use only so many training samples, drawn by the seed. All of them when left out.
   */
  limit?: number;
  /**
   * Shift and scale the inputs by the mean and standard deviation of the training inputs: of all pixels together for images, of each column by itself for tables.
   */
  normalize: boolean;
  tasks?: Tasks;
  /**
   * Added to every label. Lets a second task use its own classes of a shared head: labels 0-9 with offset 10 become classes 10-19.
   */
  label_offset: number;
}
/**
 * Colour pictures of 32 x 32 in the binary version of CIFAR-10 and CIFAR-100, plain or gzipped. Samples are 32 x 32 x 3 numbers from 0 to 1.
 *
 *
 */
export interface CifarData {
  /**
   * Binary files of CIFAR, as `fip data get cifar10` fetches them.
   */
  format: 'cifar';
  /**
   * Files with the training pictures (.bin or .bin.gz), read one after the other. Relative to the data root where one is set, else to the spec.
   *
   * @minItems 1
   * @maxItems 1000
   *
   * Items: A file with training pictures (.bin or .bin.gz).
   */
  files: string[];
  /**
   * The test files. Without them, a part of the training samples (`test_fraction`) is set aside for testing.
   */
  test?: {
    /**
     * Files with the test pictures (.bin or .bin.gz).
     *
     * @minItems 1
     * @maxItems 1000
     *
     * Items: A file with test pictures (.bin or .bin.gz).
     */
    files: string[];
  };
  /**
   * Which label of a picture counts: `class`, the only one in files of CIFAR-10 (10 classes), or one of the two in files of CIFAR-100: `fine` (100 classes) or `coarse` (20).
   */
  labels: 'class' | 'fine' | 'coarse';
  /**
   * Part of the samples set aside for testing where no test files are named. The split is drawn by the seed.
   */
  test_fraction: number;
  /**
   * Use only so many training samples, drawn by the seed. All of them when left out.
   */
  limit?: number;
  /**
   * Shift and scale the inputs by the mean and standard deviation of the training inputs: of all pixels together for images, of each column by itself for tables.
   */
  normalize: boolean;
  tasks?: Tasks;
  /**
   * Added to every label. Lets a second task use its own classes of a shared head: labels 0-9 with offset 10 become classes 10-19.
   */
  label_offset: number;
}
/**
 * A table of numbers, one sample a row, one column holding the class label. Comma separated, plain or gzipped.
 *
 *
 */
export interface CsvData {
  /**
   * Comma-separated values.
   */
  format: 'csv';
  /**
   * File with the training rows (.csv or .csv.gz). Relative to the data root where one is set, else to the spec.
   */
  file: string;
  /**
   * File with the test rows. Without it, a part of the rows (`test_fraction`) is set aside for testing.
   */
  test?: string;
  /**
   * Whether the first row holds column names.
   */
  header: boolean;
  /**
   * The column with the label: `last`, `first`, a column name (with `header: true`), or a column number counted from 0.
   */
  label: string | number;
  /**
   * Part of the samples set aside for testing where no test files are named. The split is drawn by the seed.
   */
  test_fraction: number;
  /**
   * Use only so many training samples, drawn by the seed. All of them when left out.
   */
  limit?: number;
  /**
   * Shift and scale the inputs by the mean and standard deviation of the training inputs: of all pixels together for images, of each column by itself for tables.
   */
  normalize: boolean;
  tasks?: Tasks;
  /**
   * Added to every label. Lets a second task use its own classes of a shared head: labels 0-9 with offset 10 become classes 10-19.
   */
  label_offset: number;
}
/**
 * Texts with a class label each, made into rows of token numbers by the tokenizer of a pretrained network. UTF-8, plain or gzipped.
 *
 *
 */
export interface TextData {
  /**
   * Texts, read by a tokenizer.
   */
  format: 'text';
  /**
   * How texts and labels stand in the file: `csv` (comma-separated, quoted where needed), `tsv` (tab-separated, quotes are letters), `jsonl` (a JSON object a line), or `lines` (a text a line, without labels: all have the label 0, plus `label_offset`).
   */
  layout: 'csv' | 'tsv' | 'jsonl' | 'lines';
  /**
   * File with the training texts. Relative to the data root where one is set, else to the spec.
   */
  file: string;
  /**
   * File with the test texts, in the same layout. Without it, a part of the texts (`test_fraction`) is set aside for testing.
   */
  test?: string;
  /**
   * Whether the first row holds column names (`csv` and `tsv`).
   */
  header: boolean;
  /**
   * Where the text stands: `first`, `last`, the name of a column (with `header: true`) or of a JSON key, or a column number counted from 0.
   */
  text: string | number;
  /**
   * Where the label stands: `last`, `first`, the name of a column (with `header: true`) or of a JSON key, or a column number counted from 0. Whole numbers are class numbers; other labels are numbered in sorted order.
   */
  label: string | number;
  /**
   * The `tokenizer.json` or `vocab.txt` that was published with the network (Hugging Face's formats, WordPiece as BERT has it), or the folder that it lies in. What it says of truncation and padding does not count.
   */
  tokenizer: string;
  /**
   * Tokens of a sample, special ones included. Shorter texts are padded with 0; of longer ones the end is cut off and the run says how many there were. Cost and memory grow with it.
   */
  max_length: number;
  /**
   * Part of the samples set aside for testing where no test files are named. The split is drawn by the seed.
   */
  test_fraction: number;
  /**
   * Use only so many training samples, drawn by the seed. All of them when left out.
   */
  limit?: number;
  tasks?: Tasks;
  /**
   * Added to every label. Lets a second task use its own classes of a shared head: labels 0-9 with offset 10 become classes 10-19.
   */
  label_offset: number;
}
/**
 * Multi-layer perceptron: dense layers with a non-linearity between them, and a dense head with one output per class.
 *
 *
 */
export interface MlpModel {
  /**
   * Multi-layer perceptron.
   */
  architecture: 'mlp';
  /**
   * Widths of the hidden layers, from input to output. `[300, 100]` on MNIST is LeNet-300-100.
   *
   * @maxItems 100
   */
  hidden: number[];
  /**
   * The non-linearity between the layers.
   */
  activation: 'relu' | 'tanh';
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * LeNet-300-100 (LeCun et al., 1998): the multi-layer perceptron with hidden layers of 300 and 100 units that pruning is measured on.
 *
 *
 */
export interface Lenet300Model {
  /**
   * The multi-layer perceptron with hidden layers of 300 and 100 units.
   */
  architecture: 'lenet_300_100';
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * LeNet-5 (LeCun et al., 1998), as it is used today: two convolutions with relu and max pooling, three dense layers. Reads images.
 *
 *
 */
export interface Lenet5Model {
  /**
   * LeNet-5: two convolutions and three dense layers.
   */
  architecture: 'lenet5';
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * Four convolutions of 3 x 3 in two blocks with max pooling, and a dense head. Reads images.
 *
 *
 */
export interface Cnn4Model {
  /**
   * Four convolutions in two blocks.
   */
  architecture: 'cnn4';
  /**
   * Filters of the first block; the second has twice as many.
   */
  width: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * VGG-11 (Simonyan and Zisserman, 2015) for small images: eight convolutions with batch normalisation in five blocks, and one dense layer. Weights are named as torchvision names them. Reads images of 32 x 32 and more.
 *
 *
 */
export interface Vgg11Model {
  /**
   * VGG-11 for small images.
   */
  architecture: 'vgg11';
  /**
   * Filters of the first block; later ones have up to eight times as many.
   */
  width: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * VGG-16 (Simonyan and Zisserman, 2015) for small images: thirteen convolutions with batch normalisation in five blocks, and one dense layer. Weights are named as torchvision names them. Reads images of 32 x 32 and more.
 *
 *
 */
export interface Vgg16Model {
  /**
   * VGG-16 for small images.
   */
  architecture: 'vgg16';
  /**
   * Filters of the first block; later ones have up to eight times as many.
   */
  width: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * ResNet-18 (He et al., 2016) for small images: a first convolution of 3 x 3 without pooling, then eight residual blocks. Weights are named as torchvision names them. Reads images.
 *
 *
 */
export interface Resnet18Model {
  /**
   * ResNet-18 for small images.
   */
  architecture: 'resnet18';
  /**
   * Filters of the first stage; later ones have two, four and eight times as many.
   */
  width: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * Vision transformer (Dosovitskiy et al., 2021) of any size. Weights are named as Hugging Face names them. Reads images.
 *
 *
 */
export interface VitModel {
  /**
   * Vision transformer.
   */
  architecture: 'vit';
  /**
   * Side of the square patches that the image is cut into. The image must divide into them.
   */
  patch: number;
  /**
   * Numbers in a token. Divisible by `heads`.
   */
  width: number;
  /**
   * Number of encoder blocks.
   */
  depth: number;
  /**
   * Attention heads of a block.
   */
  heads: number;
  /**
   * Width of the hidden layer in a block; four times `width` where left out.
   */
  hidden?: number;
  /**
   * Added to the variance in layer normalisation; 1e-12 where left out, as in the published models. `layer_norm_eps` of Hugging Face's config.json.
   */
  layer_norm_epsilon?: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * Data-efficient image transformer (Touvron et al., 2021): a vision transformer with a further token for distillation. Weights are named as Hugging Face names them. Reads images.
 *
 *
 */
export interface DeitModel {
  /**
   * Data-efficient image transformer.
   */
  architecture: 'deit';
  /**
   * Side of the square patches that the image is cut into. The image must divide into them.
   */
  patch: number;
  /**
   * Numbers in a token. Divisible by `heads`.
   */
  width: number;
  /**
   * Number of encoder blocks.
   */
  depth: number;
  /**
   * Attention heads of a block.
   */
  heads: number;
  /**
   * Width of the hidden layer in a block; four times `width` where left out.
   */
  hidden?: number;
  /**
   * Added to the variance in layer normalisation; 1e-12 where left out, as in the published models. `layer_norm_eps` of Hugging Face's config.json.
   */
  layer_norm_epsilon?: number;
  /**
   * Whether the distillation token has a head of its own, whose outputs are averaged with those of the class token: Hugging Face's DeiTForImageClassificationWithTeacher.
   */
  distilled?: boolean;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * BERT (Devlin et al., 2019) encoder of any size with a classification head. Weights are named as Hugging Face names them. Reads rows of token numbers, 0 for padding.
 *
 *
 */
export interface BertModel {
  /**
   * BERT encoder with a classification head.
   */
  architecture: 'bert';
  /**
   * Number of different tokens.
   */
  vocabulary: number;
  /**
   * Numbers in a token. Divisible by `heads`.
   */
  width: number;
  /**
   * Number of encoder blocks.
   */
  depth: number;
  /**
   * Attention heads of a block.
   */
  heads: number;
  /**
   * Width of the hidden layer in a block; four times `width` where left out.
   */
  hidden?: number;
  /**
   * Longest sequence that has positions.
   */
  positions: number;
  /**
   * Added to the variance in layer normalisation; 1e-12 where left out, as in the published models. `layer_norm_eps` of Hugging Face's config.json.
   */
  layer_norm_epsilon?: number;
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * The network of the folder that `start.weights` names, as Hugging Face publishes them: its kind (BERT, ViT or DeiT) and its sizes are those of the `config.json`. MiniLM and other kin of BERT count as BERT. With a head of `classes` outputs, drawn by the seed where the folder has none.
 *
 *
 */
export interface PretrainedModel {
  /**
   * The network that `start.weights` was published as.
   */
  architecture: 'pretrained';
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * A network of your own: layers in a row, from input to output. A dense head with one output per class is added at the end.
 *
 *
 */
export interface LayersModel {
  /**
   * Layers of your own, in a row.
   */
  architecture: 'layers';
  /**
   * The layers, from input to output. The head is added behind them.
   *
   * @minItems 1
   * @maxItems 1000
   */
  layers: Layer[];
  /**
   * Number of outputs. Room for the classes of every task that the network will learn.
   */
  classes: number;
}
/**
 * A dense layer: every output sees every input; of tokens, each by itself.
 *
 *
 */
export interface DenseLayer {
  /**
   * A dense layer: every output sees every input; of tokens, each by itself.
   */
  type: 'dense';
  /**
   * Number of outputs.
   */
  units: number;
}
/**
 * A convolution over an image.
 *
 *
 */
export interface Conv2DLayer {
  /**
   * A convolution over an image.
   */
  type: 'conv2d';
  /**
   * Number of filters: channels of the output.
   */
  filters: number;
  /**
   * Side of the square filters.
   */
  kernel: number;
  /**
   * Pixels from one window to the next.
   */
  stride: number;
  /**
   * Zeros around the image on each side. `same` keeps its size at stride 1, for filters with an odd side.
   */
  padding: 'same' | number;
  /**
   * Separate groups of channels and filters; as many as channels is a depthwise convolution.
   */
  groups: number;
  /**
   * Whether each filter has a bias.
   */
  bias: boolean;
}
/**
 * The largest value under each window.
 *
 *
 */
export interface MaxPoolLayer {
  /**
   * The largest value under each window.
   */
  type: 'max_pool';
  /**
   * Side of the square windows.
   */
  size: number;
  /**
   * Pixels from one window to the next; the size where left out.
   */
  stride?: number;
  /**
   * Pixels around the image on each side; less than the size.
   */
  padding: number;
}
/**
 * The mean value under each window.
 *
 *
 */
export interface AveragePoolLayer {
  /**
   * The mean value under each window.
   */
  type: 'average_pool';
  /**
   * Side of the square windows.
   */
  size: number;
  /**
   * Pixels from one window to the next; the size where left out.
   */
  stride?: number;
  /**
   * Pixels around the image on each side; less than the size.
   */
  padding: number;
}
/**
 * The mean over all pixels of each channel.
 *
 *
 */
export interface GlobalAveragePoolLayer {
  /**
   * The mean over all pixels of each channel.
   */
  type: 'global_average_pool';
}
/**
 * Batch normalisation: by the batch while the first network is trained, by frozen running statistics along the path.
 *
 *
 */
export interface BatchNormLayer {
  /**
   * Batch normalisation: by the batch while the first network is trained, by frozen running statistics along the path.
   */
  type: 'batch_norm';
}
/**
 * Layer normalisation over the last axis.
 *
 *
 */
export interface LayerNormLayer {
  /**
   * Layer normalisation over the last axis.
   */
  type: 'layer_norm';
}
/**
 * max(x, 0).
 *
 *
 */
export interface ReluLayer {
  /**
   * max(x, 0).
   */
  type: 'relu';
}
/**
 * x times the probability that a standard normal number is below x.
 *
 *
 */
export interface GeluLayer {
  /**
   * x times the probability that a standard normal number is below x.
   */
  type: 'gelu';
}
/**
 * The hyperbolic tangent.
 *
 *
 */
export interface TanhLayer {
  /**
   * The hyperbolic tangent.
   */
  type: 'tanh';
}
/**
 * All numbers of a sample in a row. Done before the head by itself.
 *
 *
 */
export interface FlattenLayer {
  /**
   * All numbers of a sample in a row.
   */
  type: 'flatten';
}
/**
 * Zeroes numbers at random while the first network is trained; does nothing along the path.
 *
 *
 */
export interface DropoutLayer {
  /**
   * Zeroes numbers at random while the first network is trained; does nothing along the path.
   */
  type: 'dropout';
  /**
   * Probability that a number is zeroed.
   */
  rate: number;
}
/**
 * How the first network comes to be: trained here (`train`), read from files (`weights`), or read and then trained on, where both stand.
 *
 *
 */
export interface Start {
  train?: Train;
  /**
   * A network's weights: a safetensors file, or the folder of a network as Hugging Face publishes it (`model.safetensors`, whole or in parts by its index, in full or half precision, beside `config.json`). Named and ordered as PyTorch has them (`dense1.weight` of [outputs, inputs], `dense1.bias`, ...), those of `resnet18` and `vgg` as torchvision names them, those of transformers as Hugging Face does. Every checkpoint of a run is such a file. An encoder of Hugging Face without a head gets one drawn by the seed; a `config.json` beside the weights is compared with the model. Relative to the data root where one is set, else to the spec.
   */
  weights?: string;
}
/**
 * Train the first network from seeded random weights with cross-entropy.
 *
 *
 */
export interface Train {
  /**
   * The data set to train on.
   */
  on: string;
  /**
   * Passes over the training samples.
   */
  epochs: number;
  /**
   * Samples in one step of training.
   */
  batch_size: number;
  optimizer: Optimizer;
}
/**
 * Stochastic gradient descent with momentum, as torch.optim.SGD.
 *
 *
 */
export interface SgdOptimizer {
  /**
   * Stochastic gradient descent.
   */
  type: 'sgd';
  /**
   * Step size; a `schedule` lowers it in the course of the training.
   */
  learning_rate: number;
  /**
   * Share of the last update that is carried over.
   */
  momentum: number;
  /**
   * Nesterov's momentum: the update looks ahead, to gradient + momentum * carried update. Needs a momentum.
   */
  nesterov: boolean;
  /**
   * L2 penalty: so much of each weight is added to its gradient. Counts for all weights, biases included.
   */
  weight_decay: number;
  /**
   * Longest gradient: a longer one is scaled to this L2 norm over all weights, as torch.nn.utils.clip_grad_norm_ does. Left out: no limit.
   */
  clip_gradient_norm?: number;
  schedule?: Schedule;
}
/**
 * The learning rate stays as it is, once it is warm.
 *
 *
 */
export interface ConstantSchedule {
  /**
   * One learning rate all along.
   */
  type: 'constant';
  /**
   * Steps over which the learning rate rises in a straight line: step k of them, counted from 1, takes k / (warmup + 1) of it, as torch's LinearLR with start_factor = 1 / (warmup + 1) and total_iters = warmup.
   */
  warmup: number;
}
/**
 * The learning rate falls along half a cosine, from the end of the warm-up until `steps`, to `final` times itself, and stays there. With t steps since the warm-up and T = steps - warmup, it is times final + (1 - final) * (1 + cos(pi t / T)) / 2, as torch's CosineAnnealingLR with T_max = T and eta_min = final * learning_rate, behind the warm-up in a SequentialLR.
 *
 *
 */
export interface CosineSchedule {
  /**
   * Half a cosine.
   */
  type: 'cosine';
  /**
   * Step at which the learning rate has come down, the warm-up included. Left out: the end of the training, or of the leg.
   */
  steps?: number;
  /**
   * Share of the learning rate that is left at the end.
   */
  final: number;
  /**
   * Steps over which the learning rate rises in a straight line: step k of them, counted from 1, takes k / (warmup + 1) of it, as torch's LinearLR with start_factor = 1 / (warmup + 1) and total_iters = warmup.
   */
  warmup: number;
}
/**
 * The learning rate falls in a straight line, from the end of the warm-up until `steps`, to `final` times itself, and stays there: as torch's LinearLR with start_factor = 1, end_factor = final and total_iters = steps - warmup, behind the warm-up in a SequentialLR.
 *
 *
 */
export interface LinearSchedule {
  /**
   * A straight line.
   */
  type: 'linear';
  /**
   * Step at which the learning rate has come down, the warm-up included. Left out: the end of the training, or of the leg.
   */
  steps?: number;
  /**
   * Share of the learning rate that is left at the end.
   */
  final: number;
  /**
   * Steps over which the learning rate rises in a straight line: step k of them, counted from 1, takes k / (warmup + 1) of it, as torch's LinearLR with start_factor = 1 / (warmup + 1) and total_iters = warmup.
   */
  warmup: number;
}
/**
 * The learning rate is multiplied by `factor` after every `every` epochs or steps, as torch's StepLR with step_size = every and gamma = factor. Counted from the start of the training, not from the end of the warm-up: the two multiply, as in a ChainedScheduler.
 *
 *
 */
export interface StepSchedule {
  /**
   * Stairs.
   */
  type: 'step';
  /**
   * How many epochs or steps (see `unit`) each learning rate lasts.
   */
  every: number;
  /**
   * What `every` counts: `steps`, or `epochs` of a training (a penalty solver has none).
   */
  unit: 'steps' | 'epochs';
  /**
   * What the learning rate is multiplied by.
   */
  factor: number;
  /**
   * Steps over which the learning rate rises in a straight line: step k of them, counted from 1, takes k / (warmup + 1) of it, as torch's LinearLR with start_factor = 1 / (warmup + 1) and total_iters = warmup.
   */
  warmup: number;
}
/**
 * Adam (Kingma and Ba, 2015) with bias correction, as torch.optim.Adam.
 *
 *
 */
export interface AdamOptimizer {
  /**
   * Adam.
   */
  type: 'adam';
  /**
   * Step size; a `schedule` lowers it in the course of the training.
   */
  learning_rate: number;
  /**
   * How much of the running means of the gradient and of its square each update keeps, in this order.
   *
   * @minItems 2
   * @maxItems 2
   */
  betas: number[];
  /**
   * Added to the root of the mean square, so that nothing is divided by 0.
   */
  epsilon: number;
  /**
   * Longest gradient: a longer one is scaled to this L2 norm over all weights, as torch.nn.utils.clip_grad_norm_ does. Left out: no limit.
   */
  clip_gradient_norm?: number;
  schedule?: Schedule;
}
/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as torch.optim.AdamW.
 *
 *
 */
export interface AdamWOptimizer {
  /**
   * Adam with decoupled weight decay.
   */
  type: 'adamw';
  /**
   * Step size; a `schedule` lowers it in the course of the training.
   */
  learning_rate: number;
  /**
   * How much of the running means of the gradient and of its square each update keeps, in this order.
   *
   * @minItems 2
   * @maxItems 2
   */
  betas: number[];
  /**
   * Added to the root of the mean square, so that nothing is divided by 0.
   */
  epsilon: number;
  /**
   * Share of each weight that a step of learning rate 1 would remove. Counts for all weights, biases included.
   */
  weight_decay: number;
  /**
   * Longest gradient: a longer one is scaled to this L2 norm over all weights, as torch.nn.utils.clip_grad_norm_ does. Left out: no limit.
   */
  clip_gradient_norm?: number;
  schedule?: Schedule;
}
/**
 * Steps of one length: the gradient over its length, times the learning rate. The `penalty` solver of the paper's released code steps so. It takes no `clip_gradient_norm`, which would change nothing.
 *
 *
 */
export interface NormalisedOptimizer {
  /**
   * Steps along the gradient, all as long as the learning rate.
   */
  type: 'normalised';
  /**
   * Length of a step in weight space; a `schedule` shortens it in the course of the training.
   */
  learning_rate: number;
  schedule?: Schedule;
}
/**
 * One leg of the path: what improves (`objective`), what must not change (`keep`), and how to walk (`solver`).
 *
 *
 */
export interface Leg {
  /**
   * Name of the leg. Expectations and results refer to it.
   */
  leg: string;
  objective: Objective;
  keep: Keep;
  solver: Solver;
  /**
   * Steps from one checkpoint to the next: there the network is measured and its weights are written. The ends of the leg are checkpoints always. Left out: about 25 checkpoints along the leg.
   */
  checkpoint_every?: number;
  /**
   * What becomes of the weights that earlier `sparsify` legs of this path have set to zero. `hold`: they stay zero, and steps are found among the other weights alone. `free`: they move like all others, and the sparsity is lost. Zeros that the first network brought are held once a leg has pruned the array that they stand in. Left out: `hold`.
   */
  zeros?: 'hold' | 'free';
}
/**
 * Move to a network in which a share of the weights is exactly zero: `target`, or as many as a `pattern` leaves out. Needs no labels.
 *
 *
 */
export interface SparsifyObjective {
  /**
   * Set weights to zero.
   */
  type: 'sparsify';
  /**
   * Share of the weights that are zero at the end, 0 to 1. Counted over the weight matrices that `include` and `exclude` choose, all of them where both are left out; biases stay. The metric `sparsity` is counted over all weight matrices.
   */
  target?: number;
  /**
   * In place of `target`: `N:M`, at most N of M consecutive inputs of an output stay, as sparse tensor cores ask for (`2:4`). Inputs are the second axis of a weight in PyTorch's order: the inputs of a dense layer, the channels of a convolution at each place of the filter. Where M does not divide them, the last group is smaller and at most N of it stay, too.
   */
  pattern?: string;
  /**
   * Over what the share is counted: `global`, over all chosen weights together, so that layers that need more keep more; `layer`, in each weight matrix.
   */
  scope: 'global' | 'layer';
  /**
   * Which weights are pruned: names of weights or of layers, as in the saved files (`dense1.weight`, `dense1`); `*` stands for any letters. All weight matrices and filters when left out.
   *
   * @minItems 1
   */
  include?: string[];
  /**
   * Which of them are left alone, by the same kind of names.
   *
   * @minItems 1
   */
  exclude?: string[];
  /**
   * Which weights go first: `magnitude`, the smallest; `metric`, those whose loss moves the kept outputs least, |w| sqrt(g_ii + 0.1 mean g) with the diagonal of the metric on a step's samples, taken anew every 5 steps. Exact for dense layers, estimated by seeded probes for others. Better at high sparsities, and costs about a step every 5 steps.
   */
  rank_by: 'magnitude' | 'metric';
  /**
   * Part of the steps over which the sparsity rises, geometrically in the weights that are left, from `ramp_from` to the target.
   */
  ramp: number;
  /**
   * Sparsity that the first step aims at, or the share of zeros that the leg begins with, where that is more. Lower than the target; where it is left out and the target is 0.5 or less, half the target.
   */
  ramp_from: number;
  polish?: Polish;
}
/**
 * After the path, go on with the zeros held where they are: the weights that are left are trained to say what the leg's first network says. Its steps count as steps of the leg.
 *
 *
 */
export interface Polish {
  /**
   * Updates of the weights that are left, added to the steps of the solver.
   */
  steps: number;
  /**
   * Memory samples in an update, drawn anew by the seed and augmented as `keep` says. With `labels`, as many labelled samples besides.
   */
  batch_size: number;
  /**
   * The mean output distance to the leg's first network that is lowered, one of those of `keep`. `kl` asks for its probabilities alone, which few weights can give back better than its logits (LeNet-300-100 on MNIST at 99 %: 96.1 % against 94.6 %); name the leg's own distance where that matters more than accuracy.
   */
  distance: 'logits' | 'centred_logits' | 'probabilities' | 'fisher' | 'bhattacharyya' | 'kl';
  /**
   * A data set whose labels may be used: the cross-entropy on it is lowered, too. No labels when left out.
   */
  labels?: string;
  /**
   * Weight of the mean output distance beside the cross-entropy on `labels`.
   */
  weight: number;
  optimizer: Optimizer;
}
/**
 * Learn a further task: lower the cross-entropy on a labelled data set.
 *
 *
 */
export interface LearnObjective {
  /**
   * Learn a further task.
   */
  type: 'learn';
  /**
   * The data set of the further task, or a list of them. Several are learnt one after another, each in a leg of its own, `LEG:NAME`, which keeps the outputs on what was learnt before it, too. The name of a data set with `tasks` stands for all its tasks that are neither trained on nor in `keep`.
   */
  on: string | string[];
  /**
   * Samples in one step of training.
   */
  batch_size: number;
  /**
   * Share of the last gradient that is carried over into the direction of the next step (geodesic solver).
   */
  momentum: number;
  /**
   * Weight of the mean cross-entropy with the labels of the memory, on the samples that the step draws from it, beside that of the further task. 0: the memory's labels are not used, its outputs alone are kept.
   */
  replay: number;
}
/**
 * Find an ensemble: several networks that keep the function, each at the end of a path of its own from the leg's first network, all of the same length. Each path goes away from the leg's first network and from the members found before, in a `direction` of its own. The leg walks `steps` steps for each member and saves it as `LEG-member-1`, ...; the path goes on from the leg's first network. Needs no labels, and the solver `geodesic`.
 *
 *
 */
export interface DiversifyObjective {
  /**
   * Find an ensemble.
   */
  type: 'diversify';
  /**
   * Networks of the ensemble. Each takes `solver.steps` steps and memory for its weights.
   */
  members: number;
  /**
   * Where each path goes, besides away from the leg's first network and from the members found before: `random`, in a direction drawn by the seed; `evasive`, there and where attacks on those networks carry over less: where the member's margins rise less along their gradients by the input, on 64 samples of the memory. Takes two more gradients a step, and one for each of those networks. Left out: `evasive`, or `random` for networks that read tokens, which have no such gradients.
   */
  direction?: 'random' | 'evasive';
  /**
   * Length of each member's path in weight space, the sum of |theta|; each step is an equal part of it. Longer paths make members more different, and keep the function less well.
   */
  arc_length: number;
}
/**
 * Go towards the weights of another network, in a straight line but for what is kept.
 *
 *
 */
export interface ReachObjective {
  /**
   * Go towards another network.
   */
  type: 'reach';
  /**
   * A safetensors file with the other network's weights, of the same model; what runs write, and what `start.weights` reads. Relative to the data root where one is set, else to the spec.
   */
  weights: string;
}
/**
 * Lower a loss of your own on a data set: a weighted sum of named terms.
 *
 *
 */
export interface FitObjective {
  /**
   * Lower a loss of your own.
   */
  type: 'fit';
  /**
   * The data set on whose training samples the loss is taken.
   */
  on: string;
  loss: Loss;
  /**
   * A safetensors file with the weights of a network of the same model: the term `distillation` follows its outputs. Relative to the data root where one is set, else to the spec.
   */
  teacher?: string;
  /**
   * Temperature of the softmax of both networks in `distillation`: outputs are divided by it. Larger values tell more of how the teacher ranks the unlikely classes.
   */
  temperature: number;
  /**
   * Samples in one step of training.
   */
  batch_size: number;
  /**
   * Share of the last gradient that is carried over into the direction of the next step (geodesic solver).
   */
  momentum: number;
}
/**
 * The weight of each term of the loss; terms that are left out do not count. Terms of outputs are means over the samples of a step.
 *
 *
 */
export interface Loss {
  /**
   * -log of the probability of the label, in nats.
   */
  cross_entropy?: number;
  /**
   * The mean of -log of the probability over all classes. `{cross_entropy: 0.9, label_smoothing: 0.1}` is cross-entropy with labels smoothed by 0.1.
   */
  label_smoothing?: number;
  /**
   * Squared distance of the probabilities from the label, which is 1 for its class and 0 for the others (Brier score).
   */
  squared_error?: number;
  /**
   * How much the output of the label lacks to be 1 above the largest of the others.
   */
  hinge?: number;
  /**
   * Entropy of the probabilities, in nats. A positive weight makes the network surer of what it says, a negative one less sure. Needs no labels.
   */
  entropy?: number;
  /**
   * Divergence from the probabilities of the `teacher` at `temperature` T, in nats, times T squared. Needs no labels.
   */
  distillation?: number;
  /**
   * Sum of the absolute weights of all weight matrices; biases stay free.
   */
  l1?: number;
  /**
   * Half the sum of the squared weights of all weight matrices; biases stay free.
   */
  l2?: number;
}
/**
 * The function that must not change: the outputs of the leg's first network on these samples. Needs inputs only, no labels.
 *
 *
 */
export interface Keep {
  /**
   * The data set, or a list of data sets, on whose inputs the outputs are kept.
   */
  on: string | string[];
  /**
   * Number of training inputs kept in memory: a number in all, shared equally among the kept data sets (where a leg learns several tasks, each further task makes the shares smaller, and the samples that stay are the same), or `{per_class: N}`, so many of each class of each data set. Drawn by the seed. All of them when left out.
   */
  memory?: number | PerClassMemory;
  pool?: Pool;
  /**
   * Ways to change the kept inputs anew at each step, one after the other; what the leg's first network says of the changed inputs is kept, so no label is needed. A small memory gains most. Images: `affine`: rotated (0.25 rad), scaled (15 %), sheared (0.2) and shifted (12 %); `crop`: shifted by up to an eighth of the side; `flip`: left and right exchanged; `noise`: a tenth of the image's deviation on every pixel; `mixup`: blended with another image of the step. Texts: `drop`: each word left out with a probability of 0.15; `rotate`: the words in a circle, begun at a random one; `splice`: the first part of a text and the last part of another of the step. Special tokens stay, padding goes to the end.
   *
   * @minItems 1
   * @maxItems 8
   */
  augment?: ('affine' | 'crop' | 'flip' | 'noise' | 'mixup' | 'drop' | 'rotate' | 'splice')[];
  /**
   * How the change of an output is measured, per sample: `logits`, squared, before the softmax; `centred_logits`, the same without what is common to all classes and changes no probability; `probabilities`, squared; `fisher`, the squared chord between probabilities on Fisher's sphere; `bhattacharyya`, -log of the overlap, as in the paper's released code; `kl`, the divergence from the anchor's probabilities in nats. The last four see little of what the outputs of a confident network do.
   */
  distance: 'logits' | 'centred_logits' | 'probabilities' | 'fisher' | 'bhattacharyya' | 'kl';
}
/**
 * So many training inputs of each class.
 */
export interface PerClassMemory {
  /**
   * Number of training inputs kept of each class of each kept data set, by its labels; all of them where a class has fewer.
   */
  per_class: number;
}
/**
 * Unlabelled inputs beside the memory: what the leg's first network says of them is kept, too. Any inputs of the right shape will do; those that resemble the kept data help most. Of the baselines under `compare`, `der` and `lwf` keep outputs on it, too, and draw as many of it as the leg; all others ask for labels or for no data that is kept, and ignore it.
 *
 *
 */
export interface Pool {
  /**
   * The data set, or a list of data sets, whose training inputs make the pool. Their labels are not used and need not fit the head.
   */
  on: string | string[];
  /**
   * Part of each step's `samples` that is drawn from the pool. Where the memory is too small for the other part, fewer are drawn of both.
   */
  share: number;
}
/**
 * The exact step: the tangent that follows the objective while the metric of the kept outputs holds it, found by conjugate gradients in sample space or, for small memories, by one factorisation.
 *
 *
 */
export interface GeodesicSolver {
  /**
   * The exact functionally invariant step.
   */
  type: 'geodesic';
  /**
   * Number of steps in this leg.
   */
  steps: number;
  /**
   * Length of a step in weight space, |theta|. `learn` and `fit` steps begin with this length, before the metric bends them, and fall to a fifth of it at the end; `reach` steps have it before the metric bends them; `sparsify` steps are cut to it; `diversify` does not take it, since the length of its steps follows from `arc_length`. Left out: 0.2 for `learn` and `fit`, the way divided by the steps for `reach`, no limit for `sparsify`.
   */
  step_size?: number;
  /**
   * How the step's linear system is solved. `cg`: conjugate gradients on products with the metric, until `iterations` or `tolerance` stop them. `gram`: exactly, by writing the metric out as a matrix with a row for each output of each sample and factorising it; its cost grows with the cube of samples x outputs, so it is for small memories. `auto`: `gram` where samples x outputs is at most 20 times `iterations` (and at most 500) and all weights are in dense layers that see each sample once, which is where it is the faster one; else `cg`.
   */
  method: 'auto' | 'cg' | 'gram';
  /**
   * Memory samples that define the metric at each step, drawn anew by the seed. At most the size of the memory; with `keep.augment`, a smaller memory is gone through several times, each time changed in other ways.
   */
  samples: number;
  /**
   * The metric's samples are drawn anew every so many steps. In between, conjugate gradients go on from the solution of the last step, so that fewer `iterations` do.
   */
  refresh: number;
  /**
   * How freely the outputs may move, relative to the metric's largest eigenvalue. Small values hold the outputs strictly; large ones follow the objective. `auto` adapts it from step to step, so that outputs move by `movement`: the stiffness that is right differs with the memory and along the path. Left out: `auto` for `learn` and `fit`; 0.0001 for other objectives, whose steps must be strict.
   */
  stiffness?: number | 'auto';
  /**
   * How far outputs may move, in mean distance by the leg's `distance` on samples of the memory that the step's metric does not use (a fifth of the memory, at most 100, others each time; with `keep.augment`, a further draw). After a step, they are held against the outputs of the leg's first network, to which `correction` pulls at each step; without `correction`, against those before the step. `stiffness: auto` seeks this movement. A step that leaves them more than four times as far, and farther than they were, is halved; after three halvings it is not taken. Left out: no bound where `stiffness` is a number, else 5 % of the outputs' spread, the mean distance of the first network's outputs on the memory from their mean. Lower it where a leg forgets, raise it where it learns too little.
   */
  movement?: number;
  /**
   * Most conjugate-gradient iterations in a step; `method: gram` needs none.
   */
  iterations: number;
  /**
   * Conjugate gradients stop once the residual of the step problem in weight space, (g + stiffness) theta less its right-hand side, is this small relative to that of the objective's full move; with `refresh`, of the move when the samples were drawn.
   */
  tolerance: number;
  /**
   * Pull the outputs back towards those of the leg's first network at each step (damped Gauss-Newton), so that small errors do not add up.
   */
  correction: boolean;
}
/**
 * The surrogate: descend on the objective plus a weighted output distance on the memory. Cheaper per step and less strict than `geodesic`.
 *
 *
 */
export interface PenaltySolver {
  /**
   * Gradient steps with a penalty on the output distance.
   */
  type: 'penalty';
  /**
   * Number of steps in this leg.
   */
  steps: number;
  /**
   * Weight of the output distance against the objective; what it multiplies, `reduction` says.
   */
  weight: number;
  /**
   * Whether the weight multiplies the `mean` of the output distance over the samples of the step, or its `sum`, as in the paper's released code: there, the same `weight` counts as many times more as the step has samples.
   */
  reduction: 'mean' | 'sum';
  /**
   * Memory samples in the penalty of each step, drawn anew by the seed. At most the size of the memory; with `keep.augment`, a smaller memory is gone through several times, each time changed in other ways.
   */
  samples: number;
  optimizer: Optimizer;
}
/**
 * Learns the further task alone, from the same network: what is lost where nothing is kept.
 *
 *
 */
export interface FineTuneBaseline {
  /**
   * Fine-tuning on the further task (`learn` legs).
   */
  type: 'fine_tune';
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Learns the further task together with the leg's memory and its labels; augmented where the leg augments it, each image with the label it had.
 *
 *
 */
export interface ExperienceReplayBaseline {
  /**
   * Replay of the memory with labels (`learn` legs).
   */
  type: 'experience_replay';
  /**
   * Weight of the mean cross-entropy on the memory against that on the further task.
   */
  weight: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Learns from all training samples at once, those of the kept data sets with labels and those of the further task, mixed at random: what could be had if nothing had to be left behind. A step sees as many samples as the leg's.
 *
 *
 */
export interface JointBaseline {
  /**
   * Training on all data at once (`learn` legs).
   */
  type: 'joint';
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Elastic weight consolidation (Kirkpatrick et al., 2017): the further task + weight / 2 * sum of F (w - w0)^2, w0 the network that the leg begins with. F is the diagonal of the true Fisher information, the expectation over the network's own predictions taken exactly, on the memory's inputs; in further legs that of data kept there for the first time is added. No labels.
 *
 *
 */
export interface EwcBaseline {
  /**
   * Elastic weight consolidation (`learn` legs).
   */
  type: 'ewc';
  /**
   * Weight of the penalty, lambda. 400 as Kirkpatrick et al. took on Atari games.
   */
  weight: number;
  /**
   * Samples of the memory on which the Fisher information is taken, at most. Each costs a backward pass for every class that it may be of.
   */
  fisher_samples: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Learning without forgetting (Li and Hoiem, 2016): the further task + weight * T^2 * the cross-entropy of the softened probabilities of the classes of the kept data with those of the network that the leg begins with, on the inputs of the further task and, where the leg has a `pool`, on the samples that the leg draws of it. No memory.
 *
 *
 */
export interface LwfBaseline {
  /**
   * Learning without forgetting (`learn` legs).
   */
  type: 'lwf';
  /**
   * Weight of the distillation against the further task. 1 as in the paper.
   */
  weight: number;
  /**
   * Softens the probabilities: logits are divided by it. 2 as in the paper.
   */
  temperature: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Low-rank adaptation (Hu et al., 2022): learns the further task with W + alpha / rank * A B in place of each weight matrix W, filters as matrices; everything else stays. A begins random, B as zero. At the end of the leg they are merged; a further leg begins with new ones.
 *
 *
 */
export interface LoraBaseline {
  /**
   * Low-rank adapters (`learn` legs).
   */
  type: 'lora';
  /**
   * Rank of the adapters; for a matrix with a shorter side, that side.
   */
  rank: number;
  /**
   * Scale of the adapters: alpha / rank * A B is added. Usually once or twice the rank.
   */
  alpha: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Dark experience replay, DER++ (Buzzega et al., 2020): the further task + alpha * the mean squared difference of the outputs on the leg's memory and `pool` from those of the network that the leg begins with + beta * the cross-entropy with the memory's labels. `beta: 0` is DER, which needs no labels.
 *
 *
 */
export interface DerBaseline {
  /**
   * Dark experience replay (`learn` legs).
   */
  type: 'der';
  /**
   * Weight of the outputs on the memory, mean over samples and outputs. 0.5 is amid what the paper took.
   */
  alpha: number;
  /**
   * Weight of the memory's labels. 0.5 as the paper took throughout for DER++ on images.
   */
  beta: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Orthogonal gradient descent (Farajtabar et al., 2020), the variant with the logit of the true class: moves are kept orthogonal to the gradients of that logit at samples of the memory, taken at the network that the leg begins with; in further legs those of data kept there for the first time are added. Holds all these gradients, each as large as the network.
 *
 *
 */
export interface OgdBaseline {
  /**
   * Orthogonal gradient descent (`learn` legs).
   */
  type: 'ogd';
  /**
   * Samples of the memory whose gradients are held in each leg, at most; 200 a task in the paper.
   */
  directions: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Zeroes the smallest weights down to the leg's target at once and trains the others with the labels of the leg's memory.
 *
 *
 */
export interface MagnitudePruningBaseline {
  /**
   * One-shot magnitude pruning with fine-tuning (`sparsify` legs).
   */
  type: 'magnitude_pruning';
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * Iterative magnitude pruning with rewinding (Frankle and Carbin, 2019): in each round the smallest weights of the trained network are zeroed, the others go back to what the run began with before any training (weights that were read: as in the file) and are trained with the labels of the leg's memory. Costs `rounds` times the steps of the leg, as the results tell.
 *
 *
 */
export interface LotteryTicketBaseline {
  /**
   * Lottery tickets (`sparsify` legs).
   */
  type: 'lottery_ticket';
  /**
   * Rounds of pruning and training. Each keeps the same share of the weights that are left.
   */
  rounds: number;
  optimizer?: Optimizer;
  /**
   * Its number of steps; of `lottery_ticket`, in a round. Left out: that of the leg, its polish included. Another number is no comparison at equal cost; the results tell how many were taken.
   */
  steps?: number;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * As many networks as the leg finds, each trained from weights of its own that the seed draws (Lakshminarayanan et al., 2017), with the labels of all training samples of the data that the leg keeps. Costs a training for each, as the results tell. With `measure.attack` it is attacked as the leg's ensemble is, and the leg's ensemble by one who trained these networks.
 *
 *
 */
export interface IndependentEnsembleBaseline {
  /**
   * Networks trained independently (`diversify` legs).
   */
  type: 'independent_ensemble';
  /**
   * Passes over the training samples, for each network. Left out: those of `start.train`, or 10.
   */
  epochs?: number;
  /**
   * Samples in one step of training. Left out: that of `start.train`, or 128.
   */
  batch_size?: number;
  optimizer?: Optimizer;
  /**
   * What the results call it. Needed where the same baseline is named twice, with other options. Left out: its type.
   */
  name?: string;
}
/**
 * What is measured of the networks besides the metrics of every checkpoint. Takes time, so nothing of it is measured unasked.
 *
 *
 */
export interface Measure {
  spectrum?: MeasureSpectrum;
  /**
   * Principal components of the path in weight space: where its first network, its checkpoints and the baselines' ends lie in the plane (or the space) that holds most of their spread. Exact, at the end of the run; of more than 200 checkpoints every second, third, ... counts.
   */
  pca: boolean;
  attack?: MeasureAttack;
}
/**
 * The largest eigenvalues of the metric, its effective rank, and how many of its eigenvalues are larger than a thousandth of the largest: in how many directions the outputs move at all. Found by Lanczos.
 *
 *
 */
export interface MeasureSpectrum {
  /**
   * Where along each leg: a list of `start`, `middle` and `end`, or `every_checkpoint`. Without a path it is measured once, at the network itself.
   */
  at: 'every_checkpoint' | ('start' | 'middle' | 'end')[];
  /**
   * How many of the largest eigenvalues.
   */
  values: number;
  /**
   * Samples that define the metric, drawn once by the seed; all where there are fewer. Time grows with their number.
   */
  samples: number;
  /**
   * The data set on whose training inputs the metric is taken. Left out: the memory of the leg; without a path, the data that the network was trained on.
   */
  on?: string;
  /**
   * The output distance whose metric is taken. Left out: that of the leg; without a path, `logits`.
   */
  distance?: 'logits' | 'centred_logits' | 'probabilities' | 'fisher' | 'bhattacharyya' | 'kl';
}
/**
 * Accuracy on test images that were changed so that the network errs, each pixel by `epsilon` at most: measured at the start and at the end of each leg, with all that the attacker can know of the network. After a leg that has found an ensemble, the ensemble is attacked in the network's place, by attackers who know as much as `threats` says.
 *
 *
 */
export interface MeasureAttack {
  /**
   * The data set of images whose test split is attacked.
   */
  on: string;
  /**
   * The attacks: `fgsm`, one step by the sign of the gradient; `pgd`, many such steps from a random start; `autopgd`, steps of its own choice with momentum (Croce and Hein, 2020), the strongest.
   *
   * @minItems 1
   */
  kinds: ('fgsm' | 'pgd' | 'autopgd')[];
  /**
   * What attackers of an ensemble know: `white_box`, all its members; `transfer`, the leg's first network alone; `transfer_independent`, nothing of it: they make their attacks on the networks of an `independent_ensemble` under `compare`, once these are trained. Each ensemble beside a leg is attacked from each other independent one; a second one, under another `name`, attacks the first. Networks alone are attacked by those who know all of them.
   *
   * @minItems 1
   */
  threats: ('white_box' | 'transfer' | 'transfer_independent')[];
  /**
   * Largest change of a pixel, where 0 is black and 1 is white, whatever `normalize` makes of it.
   */
  epsilon: number;
  /**
   * Test images that are attacked, drawn once by the seed; all where there are fewer.
   */
  samples: number;
  /**
   * Steps of `pgd` and `autopgd`, a gradient each.
   */
  steps: number;
  /**
   * Length of a step of `pgd`, relative to `epsilon`.
   */
  step_size: number;
}
/**
 * A bound on one measured value.
 *
 *
 */
export interface Expectation {
  /**
   * The measured value: `accuracy` and `loss` (on the test split of a data set), `accuracy_within` (the same where the choice is among the data set's own classes, as if the task were known), `output_distance` (mean change of the kept outputs since the leg began, by the leg's `distance`), `sparsity` (share of zero weights), `weight_distance` and `arc_length` (from the leg's first network, straight and along the path), `start_distance` (straight from the network before the first leg), `action`, `distance_to_target` (in weight space, from the network that the leg heads for).
   */
  metric:
    | 'accuracy'
    | 'accuracy_within'
    | 'loss'
    | 'output_distance'
    | 'sparsity'
    | 'weight_distance'
    | 'start_distance'
    | 'arc_length'
    | 'action'
    | 'distance_to_target';
  /**
   * The data set it is measured on (`accuracy`, `accuracy_within`, `loss`), or for `output_distance`: a kept data set (test split), `held_out` (test split of all kept data) or `memory`.
   */
  on?: string;
  /**
   * When: `end` of the path, `start` (before the first leg), or the name of a leg (its end). Of a leg that learns several tasks, `LEG:NAME` is the moment when that task was learnt.
   */
  at: string;
  /**
   * The value must not be smaller.
   */
  at_least?: number;
  /**
   * The value must not be larger.
   */
  at_most?: number;
  /**
   * The value must not fall by more than this against the start network (`accuracy` and `accuracy_within` only).
   */
  drop_at_most?: number;
}
/**
 * A FIP Lab experiment: which network to start from, along which functionally invariant path it moves, and what must hold at the end.
 *
 *
 */
export interface Experiment {
  /**
   * Version of the spec language. This release reads version 1.
   */
  fip: 1;
  /**
   * Name of the experiment. Its runs and its results panel carry it.
   */
  name: string;
  /**
   * One or two sentences for whoever reads this spec next. Shown in the results panel.
   */
  description?: string;
  /**
   * Seed of everything random: weights, data order, memory. The same spec, seed and backend give the same bits.
   */
  seed: number;
  /**
   * Where the run computes. `auto` takes the fastest backend that is available and reports which one it took and why; `webgpu` computes on the graphics card, `tensorflow` with native code, and `wasm` is embedded and always there.
   */
  backend: 'auto' | 'webgpu' | 'tensorflow' | 'wasm';
  /**
   * The data sets, by name. The rest of the spec refers to them by these names.
   */
  data: {
    [k: string]: Data;
  };
  model: Model;
  start: Start;
  /**
   * The path through weight space: one or more legs, walked in order. Each leg keeps the function of the network it starts from. May be left out where `measure` asks for something that needs no path.
   */
  path: Leg[];
  measure?: Measure;
  /**
   * Other methods to stand beside the path, each by name or with options. They run after it, on the legs that they fit, from the same network, with the same data, memory, augmentation, pool (where they keep outputs) and steps. Over legs that follow one another a baseline goes on from its own network; where the leg before does not fit it, it begins with the network that the path had there. They show in the results; expectations judge the path alone.
   */
  compare?: Baseline[];
  /**
   * What must hold after the run. An expectation that fails is shown on its own line, and `fip run` exits with 1.
   */
  expect: Expectation[];
}

import type { Spec, Start } from '../../method/figure';

/** The folder of the pretrained encoder, beside the specs. */
export const NETWORK = 'minilm';

/** Tokens of a sentence; a tenth of the sentences of IMDb have more. */
const LENGTH = 40;

/** 1,000 sentences of a site, half of them praise; 200 of them are for testing. */
const sentences = (site: string, labelOffset: number): Spec => ({
  format: 'text',
  layout: 'tsv',
  file: `text/uci-sentiment/${site}_labelled.txt`,
  tokenizer: NETWORK,
  max_length: LENGTH,
  test_fraction: 0.2,
  label_offset: labelOffset,
});

export const yelp = () => sentences('yelp', 0);
export const imdb = () => sentences('imdb', 2);
export const amazon = () => sentences('amazon_cells', 4);

export const adam = (learningRate: number): Spec => ({
  type: 'adam',
  learning_rate: learningRate,
  schedule: { type: 'linear' },
});

/** The encoder with a head of so many classes, trained on Yelp's sentences. */
export const onYelp = (seed: number, classes: number, more: Spec = {}): Start => ({
  seed,
  data: { yelp: yelp(), ...more },
  model: { architecture: 'pretrained', classes },
  weights: NETWORK,
  train: { on: 'yelp', epochs: 3, batch_size: 16, optimizer: adam(5e-5) },
});

/**
 * The names under which libraries publish the weights of our networks. Those are named as the files of Hugging Face's
 * transformers name them, so most fit as they are; what differs stands here. All arrays keep their shapes and axes.
 */
/** Other names for the same array, as [what is written, our name for it]; each is applied in turn. */
const OTHER_NAMES: readonly (readonly [RegExp, string])[] = [
  // BERT as converted from TensorFlow.
  [/\bLayerNorm\.gamma$/, 'LayerNorm.weight'],
  [/\bLayerNorm\.beta$/, 'LayerNorm.bias'],
  // ViT and DeiT as transformers 5 names their modules; its files mostly keep the older names.
  [/^((?:vit|deit)\.)?layers\.(\d+)\./, '$1encoder.layer.$2.'],
  [/\.attention\.q_proj\./, '.attention.attention.query.'],
  [/\.attention\.k_proj\./, '.attention.attention.key.'],
  [/\.attention\.v_proj\./, '.attention.attention.value.'],
  [/\.attention\.o_proj\./, '.attention.output.dense.'],
  [/\.mlp\.fc1\./, '.intermediate.dense.'],
  [/\.mlp\.fc2\./, '.output.dense.'],
];

/** What encoders with a head put before their names, and those without do not. */
const PREFIXES = ['bert.', 'vit.', 'deit.'];

/** What stands on the outputs of an encoder: files of a bare encoder come without them. */
const HEADS = [
  'classifier.',
  'cls_classifier.',
  'distillation_classifier.',
  'bert.pooler.',
  'cls.predictions.',
];

/** What files hold besides weights: counters, and second copies of shared arrays. */
const NO_WEIGHTS =
  /(^|\.)(position_ids|num_batches_tracked)$|^cls\.predictions\.decoder\.(weight|bias)$/;

/**
 * The tensors of a file by a network's names; those that have no place keep their own. A tensor that has the network's
 * name already goes before one that would get it.
 * @param wanted the names of the network's arrays
 */
export function byNamesOf<Tensor extends { name: string }>(
  wanted: ReadonlySet<string>,
  tensors: readonly Tensor[],
): Map<string, Tensor> {
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  for (const tensor of tensors) {
    const name = ownName(tensor.name, wanted);
    if (found.has(name)) continue;
    found.delete(tensor.name);
    found.set(name, tensor);
  }
  return found;
}

function ownName(published: string, wanted: ReadonlySet<string>): string {
  if (wanted.has(published)) return published;
  const name = OTHER_NAMES.reduce((text, [other, own]) => text.replace(other, own), published);
  const bare = PREFIXES.filter((prefix) => name.startsWith(prefix)).map((prefix) =>
    name.slice(prefix.length),
  );
  const candidates = [name, ...PREFIXES.map((prefix) => prefix + name), ...bare];
  return candidates.find((candidate) => wanted.has(candidate)) ?? published;
}

/** The names among these that belong to the heads of an encoder; none where the network is no published encoder. */
export function headNames(names: readonly string[]): string[] {
  const isEncoder = PREFIXES.some((prefix) => names.some((name) => name.startsWith(prefix)));
  return isEncoder ? names.filter((name) => HEADS.some((head) => name.startsWith(head))) : [];
}

/** Whether a tensor of this name carries weights that a network could miss. */
export function carriesWeights(name: string): boolean {
  return !NO_WEIGHTS.test(name);
}

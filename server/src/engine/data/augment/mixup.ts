import type { Augmentation } from './augmentation';

/** Each image blended with another of the batch, in shares drawn evenly (Zhang et al., 2018, with alpha 1). */
export const mixup: Augmentation = (images, [height, width, channels], random) => {
  const pixels = height * width * channels;
  const others = random.permutation(images.length / pixels);
  const mixed = images.slice();
  others.forEach((other, i) => {
    const share = random.next();
    for (let k = 0; k < pixels; k++)
      mixed[i * pixels + k] =
        share * (images[i * pixels + k] ?? 0) + (1 - share) * (images[other * pixels + k] ?? 0);
  });
  return mixed;
};

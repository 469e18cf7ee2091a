/**
 * A seeded stream of random numbers (xoshiro128**). Streams are keyed by name, so that each part of a run draws
 * from its own stream and adding a draw in one place changes nothing elsewhere.
 *
 * Only integer arithmetic goes into the bits; `normal` adds a logarithm and a square root.
 */
export class Random {
  /** The second value of a pair that `normal` has drawn and not handed out yet. */
  private spare: number | undefined;

  private constructor(private readonly state: Uint32Array) {}

  /** The stream of these keys: equal keys give equal streams, and `1` is another key than `'1'`. */
  static of(...keys: (string | number)[]): Random {
    const random = new Random(hash(JSON.stringify(keys)));
    for (let i = 0; i < WARM_UP; i++) random.bits();
    return random;
  }

  /** Uniform in [0, 1), with 53 random bits. */
  next(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** Normal with mean 0 and standard deviation 1 (Marsaglia's polar method). */
  normal(): number {
    if (this.spare !== undefined) {
      const spare = this.spare;
      this.spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * scale;
      return x * scale;
    }
  }

  /**
   * Uniform among 0, 1, ..., limit - 1, without bias.
   * @throws RangeError unless `limit` is an integer from 1 to 2^32
   */
  integer(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32) {
      throw new RangeError(`Random.integer needs a limit from 1 to 2^32, not ${limit}.`);
    }
    // Values beyond the last full multiple of the limit would favour small numbers.
    const fair = 2 ** 32 - (2 ** 32 % limit);
    let value = this.bits();
    while (value >= fair) value = this.bits();
    return value % limit;
  }

  /** The numbers 0 to n - 1 in random order. */
  permutation(n: number): Uint32Array {
    return this.sample(n, n);
  }

  /**
   * `k` distinct numbers of 0 to n - 1, in random order (the first k steps of a Fisher-Yates shuffle).
   * @throws RangeError where `k` is larger than `n`
   */
  sample(n: number, k: number): Uint32Array {
    if (k > n) throw new RangeError(`Random.sample cannot draw ${k} distinct numbers of ${n}.`);
    const numbers = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < k; i++) {
      const j = i + this.integer(n - i);
      const swapped = numbers[j]!;
      numbers[j] = numbers[i]!;
      numbers[i] = swapped;
    }
    return numbers.slice(0, k);
  }

  /** The next 32 bits, as an unsigned integer. */
  private bits(): number {
    const s = this.state;
    const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotate(s[3]!, 11);
    return result;
  }
}

/** Draws thrown away, so that keys that differ little have nothing in common at the start either. */
const WARM_UP = 16;

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Four 32-bit words from a text; never all zero, which would be a fixed point of the generator. */
function hash(text: string): Uint32Array {
  const words = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667);
  const multipliers = [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1];
  for (let i = 0; i < text.length; i++) {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul(words[lane]! ^ text.charCodeAt(i), multipliers[lane]!);
      words[lane] = rotate(mixed, 13) + words[(lane + 1) % 4]!;
    }
  }
  for (let round = 0; round < 8; round++) {
    const lane = round % 4;
    const mixed = words[lane]! ^ (words[(lane + 3) % 4]! >>> 15);
    words[lane] = Math.imul(mixed ^ (mixed >>> 16), multipliers[lane]!) + round;
  }
  if (words.every((word) => word === 0)) words[0] = 1;
  return words;
}

import { test } from 'vitest';
import { fuzz, mutants } from './fuzz';

test(`mutants with odd numbers, of ${mutants}: nothing throws or hangs, and what is wrong is said`, async () => {
  await fuzz(1);
}, 600_000);

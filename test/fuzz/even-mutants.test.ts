import { test } from 'vitest';
import { fuzz, mutants } from './fuzz';

test(`mutants with even numbers, of ${mutants}: nothing throws or hangs, and what is wrong is said`, async () => {
  await fuzz(0);
}, 600_000);

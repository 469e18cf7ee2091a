import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['harness/global-setup.ts'],
    // One editor at a time: they share two cores with the engine that they start.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // A window takes its time to catch up; `expect.poll` waits for it.
    expect: { poll: { timeout: 30_000, interval: 200 } },
  },
});

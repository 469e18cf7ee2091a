import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A real editor needs its own settings: test/e2e/vitest.config.mts.
    exclude: [...configDefaults.exclude, 'test/e2e/**'],
    pool: 'forks',
    // Half the cores: numerical tests and engine processes want the rest.
    maxWorkers: '50%',
    // Only to end what hangs: an emulated graphics card on a busy machine takes its time.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A real editor needs its own settings: test/e2e/vitest.config.mts.
    exclude: [...configDefaults.exclude, 'test/e2e/**'],
    pool: 'forks',
    // Half the cores: numerical tests and engine processes want the rest.
    maxWorkers: '50%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

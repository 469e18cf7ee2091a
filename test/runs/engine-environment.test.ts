import { expect, test } from 'vitest';
import { engineEnvironment } from '../../server/src/runs/engine-environment';

test('pins what decides about the last bits, and lets the user have the last word', () => {
  const plain = engineEnvironment({ PATH: '/bin' });
  expect(plain['PATH']).toBe('/bin');
  expect(Number(plain['TF_NUM_INTRAOP_THREADS'])).toBeGreaterThan(0);
  expect(plain['TF_ENABLE_ONEDNN_OPTS']).toBe('1');
  const chosen = engineEnvironment({ TF_NUM_INTRAOP_THREADS: '1', ELECTRON_RUN_AS_NODE: '' });
  expect(chosen['TF_NUM_INTRAOP_THREADS']).toBe('1');
  expect(chosen['ELECTRON_RUN_AS_NODE']).toBe('1');
});

test.runIf(process.platform === 'linux')('tells glibc to keep freed memory', () => {
  expect(Number(engineEnvironment({})['MALLOC_TRIM_THRESHOLD_'])).toBeGreaterThan(1e9);
});

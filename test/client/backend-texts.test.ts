import { describe, expect, test } from 'vitest';
import {
  installedItem,
  installOutcome,
  installQuestion,
  offerItem,
  removeQuestion,
} from '../../client/src/backends/backend-texts';
import type { BackendOffer, InstalledBackend } from '../../server/src/protocol/messages';
import { t } from './plain-words';

const offer: BackendOffer = {
  name: 'tensorflow',
  cuda: false,
  title: 'TensorFlow, native code for the CPU',
  plan: ['its library by pip (about 275 MB)', 'on disk: up to 1.1 GB'],
  works: false,
  state: 'It is not installed.',
};

describe('the list of backends to install', () => {
  test('says how each stands', () => {
    expect(offerItem(offer, t)).toEqual({
      label: '$(cloud-download) tensorflow',
      description: 'TensorFlow, native code for the CPU',
      detail: 'It is not installed.',
    });
    const works = { ...offer, works: true, state: 'It works, on CPU (2 threads).' };
    expect(offerItem(works, t)).toMatchObject({
      label: '$(check) tensorflow',
      detail: 'It works, on CPU (2 threads).',
    });
  });

  test('tells the kind with CUDA from the other, and says why one cannot be had', () => {
    const obstacle = "Building on PyPI's wheel needs g++ (Debian: g++), which is missing.";
    expect(offerItem({ ...offer, cuda: true, obstacle }, t)).toMatchObject({
      label: '$(circle-slash) tensorflow with CUDA',
      detail: `It is not installed. It cannot be installed: ${obstacle}`,
    });
  });
});

describe('the questions', () => {
  test('before an installation tell what is fetched, how large it is and where it goes', () => {
    const { message, detail } = installQuestion(offer, '/storage', t);
    expect(message).toBe('Install TensorFlow, native code for the CPU?');
    for (const word of ['275 MB', '1.1 GB', '/storage']) expect(detail).toContain(word);
  });

  const backend: InstalledBackend = {
    name: 'webgpu',
    folder: '/storage/webgpu-4.22.0',
    own: true,
    description: 'webgpu 0.6.2 from npm, for GPU (Fast)',
  };

  test('before a removal name the folder, and warn of others that use it', () => {
    expect(removeQuestion(backend, t)).toEqual({
      message: 'Remove webgpu?',
      detail: '/storage/webgpu-4.22.0 is deleted.',
    });
    const shared = removeQuestion({ ...backend, own: false }, t);
    expect(shared.detail).toContain('the command line included');
  });

  test('the list of backends to remove tells the shared ones', () => {
    expect(installedItem(backend, t)).toEqual({
      label: 'webgpu',
      description: 'webgpu 0.6.2 from npm, for GPU (Fast)',
      detail: '/storage/webgpu-4.22.0',
    });
    expect(installedItem({ ...backend, own: false }, t).description).toContain('shared');
  });
});

test.each([
  [
    { outcome: 'installed', device: 'GPU (Fast)', note: '' },
    'webgpu is installed and works, on GPU (Fast).',
  ],
  [
    { outcome: 'installed', device: 'GPU (Soft)', note: 'It is emulated.' },
    'webgpu is installed and works, on GPU (Soft). It is emulated.',
  ],
  [{ outcome: 'cancelled' }, 'webgpu was not installed: cancelled, and nothing was left behind.'],
  [
    { outcome: 'failed', reason: 'webgpu was not installed. npm failed (1):\nnpm error 404' },
    'webgpu was not installed. npm failed (1):',
  ],
] as const)('%j is told in a sentence', (result, text) => {
  expect(installOutcome('webgpu', result, t)).toBe(text);
});

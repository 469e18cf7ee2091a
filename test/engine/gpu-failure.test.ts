/** What a graphics device reports on the side becomes an error that the next call throws. */
import { expect, test } from 'vitest';
import {
  describeGpu,
  isSoftware,
  type GpuDevice,
} from '../../server/src/engine/backends/gpu-device';
import { GpuFailure } from '../../server/src/engine/backends/gpu-failure';
import { loadWebgpuBackend } from '../../server/src/engine/backends/webgpu';
import { offerSoftwareVulkan } from './software-vulkan';

class FakeDevice implements GpuDevice {
  report: (event: { error: { message: string } }) => void = () => undefined;
  lose: (info: { reason: string; message: string }) => void = () => undefined;
  lost = new Promise<{ reason: string; message: string }>((resolve) => (this.lose = resolve));
  addEventListener(_type: 'uncapturederror', listener: FakeDevice['report']): void {
    this.report = listener;
  }
}

const watched = () => {
  const device = new FakeDevice();
  return { device, failure: new GpuFailure(device, 'Card') };
};

test('the first error stays, and names the device and what it said', () => {
  const { device, failure } = watched();
  failure.check();
  device.report({ error: new Error("Error while parsing WGSL: cannot index 'vec5'\n  let end") });
  device.report({ error: new Error('a later one') });
  expect(() => failure.check()).toThrow(
    expect.objectContaining({
      code: 'fip/gpu-error',
      message: expect.stringMatching(/Card reported an error.*cannot index 'vec5'\. Resume/),
    }),
  );
});

test.each([
  'Buffer size (1600000000) exceeds the max buffer size limit (1073741824).',
  'Out of memory: vkAllocateMemory',
])('%s is told as a lack of memory', (message) => {
  const { device, failure } = watched();
  device.report({ error: new Error(message) });
  expect(() => failure.check()).toThrow(expect.objectContaining({ code: 'fip/out-of-memory' }));
});

test('a lost device says so', async () => {
  const { device, failure } = watched();
  device.lose({ reason: 'unknown', message: 'A valid external Instance reference is gone.' });
  await device.lost;
  expect(() => failure.check()).toThrow(
    expect.objectContaining({ code: 'fip/gpu-lost', message: expect.stringContaining('Resume') }),
  );
});

test('emulated devices are known by name or by what they say of themselves', () => {
  const card = { vendor: 'nvidia', architecture: 'ada', device: 'RTX', description: '' };
  expect(isSoftware(card)).toBe(false);
  expect(describeGpu(card)).toBe('RTX');
  expect(isSoftware({ ...card, isFallbackAdapter: true })).toBe(true);
  expect(isSoftware({ ...card, description: 'llvmpipe (LLVM 15.0.6)' })).toBe(true);
  expect(isSoftware({ ...card, architecture: 'swiftshader' })).toBe(true);
});

test('a tensor that the device cannot hold ends in an error, not in garbage', async (context) => {
  offerSoftwareVulkan();
  const backend = await loadWebgpuBackend().catch((error: unknown) => {
    if (process.env['FIP_REQUIRE_WEBGPU']) throw error;
    return undefined;
  });
  if (!backend?.software) return context.skip('no emulated graphics device');
  const one = backend.tensor(Float32Array.of(1), [1]);
  expect(await backend.read(one)).toEqual(Float32Array.of(1));
  const tooLarge = async () => {
    const column = backend.tensor(new Float32Array(20_000).fill(1), [20_000, 1]);
    const square = backend.matMul(column, column, { transposeB: true });
    return backend.read(backend.dot(square, square));
  };
  await expect(tooLarge()).rejects.toMatchObject({ code: 'fip/out-of-memory' });
  expect(() => backend.add(one, one)).toThrow(
    expect.objectContaining({ code: 'fip/out-of-memory' }),
  );
});

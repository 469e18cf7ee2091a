import type { Backend } from '../../server/src/engine/backends/backend';
import { loadTensorflowBackend } from '../../server/src/engine/backends/tensorflow';
import { loadWasmBackend } from '../../server/src/engine/backends/wasm';
import { loadWebgpuBackend } from '../../server/src/engine/backends/webgpu';
import { offerSoftwareVulkan } from './software-vulkan';

/**
 * The backends to test on: wasm, and each native one that is installed. Where FIP_REQUIRE_TENSORFLOW and the like are
 * set, one that does not load fails the tests instead of being left out.
 */
export async function backendsToTest(): Promise<Backend[]> {
  offerSoftwareVulkan();
  const native = [
    await optional('FIP_REQUIRE_TENSORFLOW', loadTensorflowBackend),
    await optional('FIP_REQUIRE_WEBGPU', loadWebgpuBackend),
  ];
  return [await loadWasmBackend(), ...native.flat()];
}

async function optional(required: string, load: () => Promise<Backend>): Promise<Backend[]> {
  try {
    return [await load()];
  } catch (error) {
    if (process.env[required]) throw error;
    return [];
  }
}

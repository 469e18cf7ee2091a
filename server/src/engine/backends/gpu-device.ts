import { BackendUnavailable } from './missing-backend';

/** What we use of WebGPU; the names are those of the standard. */
export interface GpuDevice {
  lost: Promise<{ reason: string; message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { error: { message: string } }) => void,
  ): void;
}

export interface GpuAdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  isFallbackAdapter?: boolean;
}

interface GpuAdapter {
  info: GpuAdapterInfo;
  limits: Readonly<Record<string, number>>;
  requestDevice(options: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

export interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** The package `webgpu`. */
export interface Dawn {
  create(options: readonly string[]): Gpu;
  /** The classes and constants that a browser has as globals. */
  globals: Readonly<Record<string, unknown>>;
}

/** A graphics device, ready, and what it is. */
export interface OpenGpu {
  gpu: Gpu;
  device: GpuDevice;
  info: GpuAdapterInfo;
}

/** By default a device may use a fraction of what its adapter can do. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
];

/** Dawn does not hold on to its instance, which must outlive everything made from it, errors under way included. */
const instances: Gpu[] = [];

/**
 * Opens the strongest graphics device.
 * @throws BackendUnavailable where there is none
 */
export async function openGpu(dawn: Dawn): Promise<OpenGpu> {
  const gpu = dawn.create([]);
  instances.push(gpu);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw noAdapter();
  const requiredLimits = Object.fromEntries(
    LIMITS.map((name) => [name, adapter.limits[name] ?? 0]),
  );
  return { gpu, device: await adapter.requestDevice({ requiredLimits }), info: adapter.info };
}

function noAdapter(): BackendUnavailable {
  const drivers = {
    linux: "for Vulkan, and Vulkan's loader (Debian: `libvulkan1`)",
    darwin: 'for Metal',
    win32: 'for Direct3D 12 or Vulkan',
  };
  const driver = drivers[process.platform as keyof typeof drivers] as string | undefined;
  return new BackendUnavailable(
    'it is installed, but no graphics device was found',
    `If this machine has a graphics card, install its driver ${driver ?? drivers.linux}.`,
  );
}

/** The device's name, for people. */
export function describeGpu({ description, device, architecture, vendor }: GpuAdapterInfo): string {
  return device || description || architecture || vendor || 'a graphics device without a name';
}

/** Whether the device is emulated on the CPU. */
export function isSoftware(info: GpuAdapterInfo): boolean {
  const words = [info.vendor, info.architecture, info.device, info.description].join(' ');
  return (
    info.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(words)
  );
}

import type * as tfjs from '@tensorflow/tfjs-core';
import { pathToFileURL } from 'node:url';
import type { Backend, Tensor } from './backend';
import { describeGpu, isSoftware, openGpu, type Dawn, type OpenGpu } from './gpu-device';
import { GpuFailure } from './gpu-failure';
import { loadApart } from './load-apart';
import { loadPackages } from './missing-backend';
import { TfjsBackend } from './tfjs-backend';

type Tf = typeof tfjs;

/** What we use of @tensorflow/tfjs-backend-webgpu. */
interface TfjsWebgpu {
  WebGPUBackend: new (device: unknown, info: unknown) => tfjs.KernelBackend;
}

/** The GPU of any vendor. Whatever goes wrong there is thrown by the next call. */
class WebgpuBackend extends TfjsBackend {
  /** A read waits for all that was asked for before it. */
  override readonly readInterval = 5;

  constructor(
    tf: Tf,
    device: string,
    software: boolean,
    private readonly failure: GpuFailure,
  ) {
    super(tf, 'webgpu', device, software);
  }

  override async read(tensor: Tensor): Promise<Float32Array> {
    try {
      return await super.read(tensor);
    } finally {
      // What the device reported says more than what reading from it said, and values after an error are garbage.
      this.failure.check();
    }
  }

  protected override check(): void {
    this.failure.check();
  }
}

let started: Promise<Backend> | undefined;

/**
 * Starts the GPU backend where its packages are installed and a graphics device is found. Once a process; later calls
 * hand out the same.
 * @throws EngineError `fip/backend-unavailable`
 */
export function loadWebgpuBackend(): Promise<Backend> {
  started ??= start();
  return started;
}

async function start(): Promise<Backend> {
  const { dawn, tf, webgpu } = await loadPackages('webgpu', async (require) => ({
    // An ECMAScript module, which Node 20 cannot require.
    dawn: (await import(pathToFileURL(require.resolve('webgpu')).href)) as Dawn,
    ...loadApart(() => ({
      tf: require('@tensorflow/tfjs-core') as Tf,
      webgpu: require('@tensorflow/tfjs-backend-webgpu') as TfjsWebgpu,
    })),
  }));
  Object.assign(globalThis, dawn.globals);
  const opened = await openGpu(dawn);
  const name = describeGpu(opened.info);
  const failure = new GpuFailure(opened.device, name);
  await register(tf, webgpu, opened);
  return new WebgpuBackend(tf, `GPU (${name})`, isSoftware(opened.info), failure);
}

async function register(tf: Tf, { WebGPUBackend }: TfjsWebgpu, opened: OpenGpu): Promise<void> {
  // Small operations must not move to the CPU, whose arithmetic is another; and of the matrix products, one gives the
  // same bits every time.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', 3);
  const { gpu, device, info } = opened;
  const made = withNavigator(gpu, () => new WebGPUBackend(device, info));
  tf.registerBackend('webgpu', () => made);
  await tf.setBackend('webgpu');
}

/** The backend is made for browsers, and makes sure that it is in one. */
function withNavigator<Result>(gpu: unknown, work: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return work();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}

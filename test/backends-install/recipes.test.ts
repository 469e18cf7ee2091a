/** What the recipes say before anything is fetched, and how an engine finds the libraries of CUDA. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CUDA_SIZE, CUDA_WHEELS } from '../../server/src/backends-install/cuda-libraries';
import { RECIPES } from '../../server/src/backends-install/recipes';
import { tensorflowRecipe } from '../../server/src/backends-install/tensorflow-recipe';
import { backendFolder, STAMP_NAME } from '../../server/src/engine/backends/backend-folders';
import { engineEnvironment } from '../../server/src/runs/engine-environment';
import { temporaryFolder } from '../runs/support';

describe('before an installation', () => {
  test('every kind of every backend says what is fetched, from where and how large it is', () => {
    for (const recipe of RECIPES)
      for (const kind of recipe.kinds()) {
        const plan = recipe.plan(kind);
        expect(recipe.title(kind)).not.toBe('');
        expect(plan.at(-1)).toMatch(/^on disk: .*\d (MB|GB)$/);
        for (const line of plan.slice(0, -1)) expect(line).toMatch(/by (npm|pip|the package)/);
        for (const line of plan) expect(line).toMatch(/\d (MB|GB)/);
      }
  });

  test('CUDA says how many gigabytes it is, and whose licences apply', () => {
    const plan = tensorflowRecipe.plan({ cuda: true, from: 'auto' }).join('\n');
    expect(plan).toContain('tensorflow 2.21.0');
    expect(plan).toContain(`${CUDA_SIZE.fetched} GB`);
    expect(plan).toContain('NVIDIA');
    expect(tensorflowRecipe.plan({ cuda: false, from: 'wheel' }).join('\n')).not.toMatch(
      /CUDA|GB\)/,
    );
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'CUDA is offered on Linux, and has no other source than the wheels',
    async () => {
      const kinds = tensorflowRecipe.kinds().map(({ cuda }) => cuda);
      expect(kinds).toEqual([false, true]);
      const fromNpm = tensorflowRecipe.install(
        '/nowhere',
        { cuda: true, from: 'npm' },
        {
          tell: () => undefined,
        },
      );
      await expect(fromNpm).rejects.toThrow(/leave out --from/);
    },
  );
});

describe('the libraries of CUDA', () => {
  /** Requires-Dist of tensorflow 2.21.0 for the extra `and-cuda`: the least and the first too new version. */
  const required: Record<string, [string, string]> = {
    'nvidia-cublas-cu12': ['12.5.3.2', '13.0'],
    'nvidia-cuda-cupti-cu12': ['12.5.82', '13.0'],
    'nvidia-cuda-nvrtc-cu12': ['12.5.82', '13.0'],
    'nvidia-cuda-runtime-cu12': ['12.5.82', '13.0'],
    'nvidia-cudnn-cu12': ['9.3.0.75', '10.0'],
    'nvidia-cufft-cu12': ['11.2.3.61', '12.0'],
    'nvidia-curand-cu12': ['10.3.6.82', '11.0'],
    'nvidia-cusolver-cu12': ['11.6.3.83', '12.0'],
    'nvidia-cusparse-cu12': ['12.5.1.3', '13.0'],
    'nvidia-nccl-cu12': ['2.27.7', '3.0'],
    'nvidia-nvjitlink-cu12': ['12.5.82', '13.0'],
  };

  test('are those that TensorFlow asks for, each with its checksum', () => {
    expect(CUDA_WHEELS.map((wheel) => wheel.package).sort()).toEqual(Object.keys(required).sort());
    for (const { package: name, version, sha256 } of CUDA_WHEELS) {
      const [least, tooNew] = required[name]!;
      expect(compare(version, least), name).toBeGreaterThanOrEqual(0);
      expect(compare(version, tooNew), name).toBeLessThan(0);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(CUDA_WHEELS.map(({ sha256 }) => sha256)).size).toBe(CUDA_WHEELS.length);
  });

  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  test('are named to engines where TensorFlow was installed with them, behind what the user names', () => {
    const env = { FIP_CACHE: folder.path };
    const tensorflow = backendFolder('tensorflow', folder.path);
    mkdirSync(tensorflow);
    writeFileSync(join(tensorflow, STAMP_NAME), '{}');
    expect(engineEnvironment(env)).not.toHaveProperty('LD_LIBRARY_PATH');
    mkdirSync(join(tensorflow, 'cuda'));
    expect(engineEnvironment(env)['LD_LIBRARY_PATH']).toBe(join(tensorflow, 'cuda'));
    const mine = engineEnvironment({ ...env, LD_LIBRARY_PATH: '/opt/cuda/lib' });
    expect(mine['LD_LIBRARY_PATH']).toBe(`/opt/cuda/lib:${join(tensorflow, 'cuda')}`);
    // Another TensorFlow, which is loaded before that one.
    const storage = join(folder.path, 'storage');
    mkdirSync(backendFolder('tensorflow', storage), { recursive: true });
    writeFileSync(join(backendFolder('tensorflow', storage), STAMP_NAME), '{}');
    const other = engineEnvironment({ ...env, FIP_BACKENDS: storage });
    expect(other).not.toHaveProperty('LD_LIBRARY_PATH');
  });
});

/** Which of two versions is newer. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 4; i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

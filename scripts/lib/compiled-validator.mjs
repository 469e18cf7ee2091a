// Compiles the experiment schema to code when the program is bundled, in place of each time that it starts.
import esbuild from 'esbuild';
import { join } from 'node:path';
import { root } from './paths.mjs';

const folder = join(root, 'server/src/spec');

const compiler = `
  import standaloneCode from 'ajv/dist/standalone';
  import { compileSchema } from './make-validator';
  const { ajv, validate } = compileSchema();
  export const code = standaloneCode(ajv, validate);
`;

/** The validator as the text of a CommonJS module, which exports the function. */
export async function validatorCode() {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: compiler, resolveDir: folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const module = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${module}`)).code;
}

/** Puts the compiled code in the place of server/src/spec/make-validator.ts. It is read when it is first called for. */
export const compiledValidator = {
  name: 'compiled-validator',
  setup(build) {
    const code = validatorCode();
    build.onResolve({ filter: /^compiled-validator$/ }, ({ path }) => ({ path, namespace: path }));
    build.onLoad({ filter: /./, namespace: 'compiled-validator' }, async () => ({
      contents: await code,
      loader: 'js',
      resolveDir: folder,
    }));
    build.onLoad({ filter: /[\\/]spec[\\/]make-validator\.ts$/ }, () => ({
      contents: "export const makeValidator = () => require('compiled-validator');",
      loader: 'js',
      resolveDir: folder,
    }));
  },
};

/** The validator of schemas/experiment.schema.json. */
import { Ajv2020 } from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import { rootNode } from './schema-node';
import type { SchemaNode } from './schema-node';

/**
 * Makes the validator. From the sources this compiles the schema, which takes a third of a second; the build puts the
 * compiled code in the place of this file (scripts/lib/compiled-validator.mjs), so that nobody waits for it.
 */
export function makeValidator(): ValidateFunction {
  return compileSchema().validate;
}

/** The compiled schema, and the compiler with it for who wants the code. */
export function compileSchema(): { ajv: Ajv2020; validate: ValidateFunction } {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    useDefaults: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    code: { source: true },
  });
  const keywords = ['x-unit', 'x-ref', 'x-path', 'x-snippet', 'x-short-for', 'x-replaced-by'];
  for (const keyword of keywords) ajv.addKeyword(keyword);
  return { ajv, validate: ajv.compile(spelledOut(rootNode)) };
}

/** The validator fills in no defaults within a `oneOf`: where a name may stand for a mapping, it sees the mapping only. */
function spelledOut(root: SchemaNode): SchemaNode {
  const { compare } = root.properties ?? {};
  const items = compare?.items?.oneOf?.find((branch) => !branch['x-short-for']);
  if (!compare || !items) return root;
  return { ...root, properties: { ...root.properties, compare: { ...compare, items } } };
}

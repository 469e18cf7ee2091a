/** Checks a spec's value against schemas/experiment.schema.json and fills in the defaults. */
import { Ajv2020 } from 'ajv/dist/2020';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { isRecord, rootNode } from './schema-node';
import type { SchemaNode } from './schema-node';

let compiled: ValidateFunction | undefined;

/** Compiled at first use: that takes some tens of milliseconds, which a `--version` need not pay. */
function validator(): ValidateFunction {
  if (compiled) return compiled;
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    useDefaults: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
  });
  const keywords = ['x-unit', 'x-ref', 'x-path', 'x-snippet', 'x-short-for'];
  for (const keyword of keywords) ajv.addKeyword(keyword);
  compiled = ajv.compile(spelledOut(rootNode));
  return compiled;
}

export interface SchemaCheck {
  /** A copy of the value with the defaults filled in; an Experiment where there are no errors. */
  resolved: unknown;
  errors: ErrorObject[];
}

/** Validates a value. The value itself is not changed. */
export function checkSchema(value: unknown): SchemaCheck {
  const resolved = withNamesSpelledOut(structuredClone(value));
  const validate = validator();
  validate(resolved);
  return { resolved, errors: validate.errors ?? [] };
}

/** The validator fills in no defaults within a `oneOf`: where a name may stand for a mapping, it sees the mapping only. */
function spelledOut(root: SchemaNode): SchemaNode {
  const { compare } = root.properties ?? {};
  const items = compare?.items?.oneOf?.find((branch) => !branch['x-short-for']);
  if (!compare || !items) return root;
  return { ...root, properties: { ...root.properties, compare: { ...compare, items } } };
}

/** `compare: [ewc]` means `compare: [{type: ewc}]`. */
function withNamesSpelledOut(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value['compare'])) return value;
  const compare = value['compare'].map((item: unknown) =>
    typeof item === 'string' ? { type: item } : item,
  );
  return { ...value, compare };
}

/** Checks a spec's value against schemas/experiment.schema.json and fills in the defaults. */
import { Ajv2020 } from 'ajv/dist/2020';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { rootNode } from './schema-node';

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
  for (const keyword of ['x-unit', 'x-ref', 'x-path', 'x-snippet']) ajv.addKeyword(keyword);
  compiled = ajv.compile(rootNode);
  return compiled;
}

export interface SchemaCheck {
  /** A copy of the value with the defaults filled in; an Experiment where there are no errors. */
  resolved: unknown;
  errors: ErrorObject[];
}

/** Validates a value. The value itself is not changed. */
export function checkSchema(value: unknown): SchemaCheck {
  const resolved: unknown = structuredClone(value);
  const validate = validator();
  validate(resolved);
  return { resolved, errors: validate.errors ?? [] };
}

/** Checks a spec's value against schemas/experiment.schema.json and fills in the defaults. */
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { makeValidator } from './make-validator';
import { isRecord } from './schema-node';

let validate: ValidateFunction | undefined;

export interface SchemaCheck {
  /** A copy of the value with the defaults filled in; an Experiment where there are no errors. */
  resolved: unknown;
  errors: ErrorObject[];
}

/** Validates a value. The value itself is not changed. */
export function checkSchema(value: unknown): SchemaCheck {
  const resolved = withNamesSpelledOut(structuredClone(value));
  validate ??= makeValidator();
  validate(resolved);
  return { resolved, errors: validate.errors ?? [] };
}

/** `compare: [ewc]` means `compare: [{type: ewc}]`. */
function withNamesSpelledOut(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value['compare'])) return value;
  const compare = value['compare'].map((item: unknown) =>
    typeof item === 'string' ? { type: item } : item,
  );
  return { ...value, compare };
}

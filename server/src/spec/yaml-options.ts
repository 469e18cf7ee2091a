/** How specs are read as YAML. */
import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

export const yamlOptions = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: false,
  // `!!set`, `!!binary` and their like would give values that no schema knows of.
  resolveKnownTags: false,
  logLevel: 'error',
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions;

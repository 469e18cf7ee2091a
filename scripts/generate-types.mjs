// Writes server/src/protocol/generated.ts and server/src/spec/experiment.ts from schemas/.
// `--check` writes nothing and fails where a file is not fresh.
import { compile } from 'json-schema-to-typescript';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';

const root = join(import.meta.dirname, '..');
const banner = (source) =>
  `// Generated from ${source} by scripts/generate-types.mjs. Do not edit: change the schema and run \`npm run generate\`.\n`;

const targets = [
  { schemas: ['experiment'], out: 'server/src/spec/experiment.ts', resolved: true },
  { schemas: ['report', 'event', 'diagnostic', 'doctor'], out: 'server/src/protocol/generated.ts' },
];

/** A value with a default is always there once a spec is resolved, so its type says so. */
function requireDefaults(node) {
  if (Array.isArray(node)) return node.forEach(requireDefaults);
  if (node === null || typeof node !== 'object') return;
  for (const [name, property] of Object.entries(node.properties ?? {})) {
    if (property.default !== undefined) node.required = [...(node.required ?? []), name];
  }
  Object.values(node).forEach(requireDefaults);
}

/** A name that may stand for a mapping is one no more in a resolved spec. */
function spellOut(node) {
  if (Array.isArray(node)) return node.forEach(spellOut);
  if (node === null || typeof node !== 'object') return;
  Object.values(node).forEach(spellOut);
  const long = node.oneOf?.some((branch) => branch['x-short-for'])
    ? node.oneOf.filter((branch) => !branch['x-short-for'])
    : [];
  if (long.length !== 1) return;
  delete node.oneOf;
  Object.assign(node, long[0]);
}

const isNamedType = (def) => def.title || def.oneOf || def.type === 'object';

/** What only says how values are checked or shown would make the generator write copies of a type. */
function simplify(node, defs) {
  if (Array.isArray(node)) return node.map((item) => simplify(item, defs));
  if (node === null || typeof node !== 'object') return node;
  const target = defs[node.$ref?.replace('#/$defs/', '')];
  if (target && isNamedType(target)) return { $ref: node.$ref };
  if (target) return simplify({ ...target, ...node, $ref: undefined }, defs);
  const { anyOf, discriminator, ...rest } = node;
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, simplify(value, defs)]));
}

/** One document with every definition in `$defs`, so that types shared by schemas are written once. */
function merged(names, resolved) {
  const defs = {};
  for (const name of names) {
    const text = readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8')
      .replaceAll(/"\$ref": "([a-z]+)\.schema\.json"/g, '"$ref": "#/$defs/$1"')
      .replaceAll(/"\$ref": "[a-z]+\.schema\.json#/g, '"$ref": "#');
    const schema = JSON.parse(text);
    if (resolved) spellOut(schema);
    if (resolved) requireDefaults(schema);
    const { $defs, $id, $schema, ...rest } = schema;
    Object.assign(defs, $defs, { [name]: rest });
  }
  const named = Object.entries(defs).filter(([, def]) => isNamedType(def));
  const $defs = Object.fromEntries(named.map(([name, def]) => [name, simplify(def, defs)]));
  return { title: 'Everything', type: 'object', $defs };
}

async function generate({ schemas, out, resolved }) {
  const options = {
    bannerComment: '',
    additionalProperties: false,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    format: false,
    strictIndexSignatures: false,
  };
  const code = await compile(merged(schemas, resolved), 'Everything', options);
  const body = code
    .replace(/export interface Everything \{[^}]*\}\n?/, '')
    .replaceAll(
      /This interface was referenced by `Everything`'s JSON-Schema\s*\* via the `definition` "[^"]*"\./g,
      '',
    )
    .replaceAll(/(\n\s*\*)+(\n\s*\*\/)/g, '$2');
  const sources = schemas.map((name) => `schemas/${name}.schema.json`).join(', ');
  const config = await prettier.resolveConfig(join(root, out));
  return prettier.format(banner(sources) + body, { ...config, parser: 'typescript' });
}

let stale = 0;
for (const target of targets) {
  const path = join(root, target.out);
  const code = await generate(target);
  if (!process.argv.includes('--check')) writeFileSync(path, code);
  else if (readFileSync(path, 'utf8') !== code) {
    stale++;
    console.error(`${target.out} is not fresh: run \`npm run generate\` and commit the result.`);
  }
}
process.exit(stale ? 1 : 0);

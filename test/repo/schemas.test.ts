import Ajv2020 from 'ajv/dist/2020';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../schemas');
const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));

type Node = Record<string, unknown>;
const read = (name: string): Node => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Node;
const isObject = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every schema of a property, with its pointer. `{properties: {x: ...}}` counts; examples and the like do not. */
function* propertiesOf(node: unknown, pointer = ''): Generator<[string, Node]> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries())
      yield* propertiesOf(item, `${pointer}/${String(index)}`);
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'examples' || key === 'default' || key === 'enum' || key === 'const') continue;
    if (key === 'properties' && isObject(value))
      for (const [name, schema] of Object.entries(value))
        if (isObject(schema)) yield [`${pointer}/properties/${name}`, schema];
    yield* propertiesOf(value, `${pointer}/${key}`);
  }
}

/** The definition that a local reference points to. */
function resolve(root: Node, node: Node): Node {
  if (typeof node.$ref !== 'string' || !node.$ref.startsWith('#/$defs/')) return node;
  const name = node.$ref.slice('#/$defs/'.length);
  return { ...((root.$defs as Record<string, Node>)[name] ?? {}), ...node };
}

const validator = (): Ajv2020 => {
  const ajv = new Ajv2020({ discriminator: true, strict: false });
  for (const name of names) ajv.addSchema(read(name));
  return ajv;
};

describe('the published schemas', () => {
  test('are there', () => {
    expect(names).toEqual(
      expect.arrayContaining(
        ['experiment', 'event', 'report', 'diagnostic', 'doctor'].map(
          (name) => `${name}.schema.json`,
        ),
      ),
    );
  });

  test.each(names)('%s is a JSON Schema 2020-12 whose references resolve', (name) => {
    const schema = read(name);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const ajv = validator();
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
    expect(ajv.getSchema(String(schema.$id))).toBeTypeOf('function');
  });

  test.each(names)('%s describes every property', (name) => {
    const schema = read(name);
    const silent = [...propertiesOf(schema)]
      .filter(([, property]) => !('const' in property && name !== 'experiment.schema.json'))
      .filter(([, property]) => {
        const { description, $ref } = resolve(schema, property);
        const isElsewhere = typeof $ref === 'string' && $ref.includes('.schema.json');
        return typeof description !== 'string' && !isElsewhere;
      })
      .map(([pointer]) => pointer);
    expect(silent).toEqual([]);
  });

  test('experiment.schema.json gives defaults and examples that it accepts itself', () => {
    const schema = read('experiment.schema.json');
    const ajv = validator();
    const wrong = [...propertiesOf(schema)].flatMap(([pointer, property]) => {
      const { examples = [], default: byDefault } = resolve(schema, property);
      const values = [...(examples as unknown[]), ...(byDefault === undefined ? [] : [byDefault])];
      const check = ajv.compile({ $ref: `${String(schema.$id)}#${pointer}` });
      return values.filter((value) => !check(value)).map((value) => [pointer, value]);
    });
    expect(wrong).toEqual([]);
  });
});

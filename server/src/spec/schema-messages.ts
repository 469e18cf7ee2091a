/** What each keyword of the schema says when a value breaks it. */
import type { ErrorObject } from 'ajv/dist/2020';
import type { SpecCode } from './codes';
import { didYouMean } from './did-you-mean';
import { childPointer, lastSegment, parentPointer, valueAt } from './json-pointer';
import { isRecord, resolveNode, schemaAt, variantsOf } from './schema-node';
import type { SchemaNode } from './schema-node';
import type { SpecFix } from './spec-diagnostic';
import type { RangePart } from './spec-document';
import { typeHint } from './type-hints';
import { alternatives, expectedTypes, firstSentence, kindOf, shown } from './words';

export interface SchemaFinding {
  code: SpecCode;
  pointer: string;
  part: RangePart;
  message: string;
  fix?: SpecFix;
  /** Of an unknown key: the mapping that holds it. */
  parent?: string;
  /** Of a missing key: where it would be. */
  missing?: string;
  /** Where keys would be of which one is needed. */
  choices?: string[];
  related?: { pointer: string; message: string };
}

type Say = (error: ErrorObject, root: unknown) => SchemaFinding | undefined;

/** The finding for a validator's error; undefined where another error says it better. */
export function messageOf(error: ErrorObject, root: unknown): SchemaFinding | undefined {
  if (error.propertyName !== undefined) return badName(error, root);
  if (error.data === null && error.keyword !== 'discriminator') return noValue(error.instancePath);
  return (say[error.keyword] ?? fallback)(error, root);
}

/** How a place is called in a sentence: its key, or its number in a list. */
export function called(pointer: string): string {
  const name = lastSegment(pointer);
  if (!/^\d+$/.test(name)) return `\`${name}\``;
  return `item ${Number(name) + 1} of \`${lastSegment(parentPointer(pointer))}\``;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function noValue(pointer: string): SchemaFinding {
  const message = /\/\d+$/.test(pointer)
    ? `${capital(called(pointer))} is empty. Write a value behind the \`-\`, or remove it.`
    : `${called(pointer)} has no value yet.`;
  return { code: 'fip/no-value', pointer, part: 'key', message };
}

const fallback: Say = (error) => ({
  code: 'fip/invalid',
  pointer: error.instancePath,
  part: 'focus',
  message: `${capital(called(error.instancePath))} is not valid: it ${error.message ?? 'breaks a rule'}.`,
});

const say: Record<string, Say> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: (error, root) => wrongType(error, root, [error.params['type'] as string | string[]].flat()),
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  minLength: (error) => ({
    ...at(error, 'fip/no-value'),
    message: `${called(error.instancePath)} must not be empty.`,
  }),
  maxLength: (error) => ({
    ...at(error, 'fip/out-of-range'),
    message: `${called(error.instancePath)} is too long: at most ${error.params['limit']} characters.`,
  }),
  pattern: misspelt,
  enum: (error) => unknownValue(error, (error.params['allowedValues'] as unknown[]).map(String)),
  const: wrongConstant,
  minItems: (error) => ({
    ...at(error, 'fip/wrong-count'),
    message: `${called(error.instancePath)} needs at least ${error.params['limit'] === 1 ? 'one item' : `${error.params['limit']} items`}.`,
  }),
  maxItems: (error) => ({
    ...at(error, 'fip/wrong-count'),
    message: `${called(error.instancePath)} has too many items: at most ${error.params['limit']}.`,
  }),
  uniqueItems: duplicateItem,
  minProperties: tooFewKeys,
  discriminator: wrongVariant,
  anyOf: noBound,
  oneOf: (error, root) =>
    wrongType(
      error,
      root,
      (error.schema as SchemaNode[]).flatMap((branch) => resolveNode(branch).type ?? []),
    ),
  propertyNames: () => undefined,
};

const at = (error: ErrorObject, code: SpecCode): Omit<SchemaFinding, 'message'> => ({
  code,
  pointer: error.instancePath,
  part: 'focus',
});

const keysIn = (error: ErrorObject) =>
  alternatives(Object.keys((error.parentSchema as SchemaNode).properties ?? {}));

function unknownKey(error: ErrorObject, root: unknown): SchemaFinding {
  const key = error.params['additionalProperty'] as string;
  const parent = error.instancePath;
  const known = Object.keys((error.parentSchema as SchemaNode).properties ?? {});
  // As the user wrote it: the validator's own copy has the defaults in it.
  const written = valueAt(root, parent);
  const isFree = (name: string) => !isRecord(written) || !Object.hasOwn(written, name);
  const guess = didYouMean(key, known.filter(isFree));
  return {
    code: 'fip/unknown-key',
    pointer: childPointer(parent, key),
    part: 'key',
    parent,
    message: `Unknown key \`${shown(key)}\`${where(parent)}. ${keyHint(key, parent, root, known, guess)}`,
    ...(guess && { fix: { title: `Change to \`${guess}\``, newText: guess } }),
  };
}

const where = (parent: string) => (parent === '' ? '' : ` in ${called(parent)}`);

function keyHint(
  key: string,
  parent: string,
  root: unknown,
  known: string[],
  guess?: string,
): string {
  if (guess) return `Did you mean \`${guess}\`?`;
  const written = valueAt(root, childPointer(parent, key));
  if (/^\d+$/.test(key) && written === null)
    return 'A comma begins the next key here: a number is written with a point, such as `0.5`.';
  if (key === '<<') return 'Merge keys are not read: write the keys out.';
  const variants = variantsOf(schemaAt(parent, root)?.declared ?? {});
  const others =
    variants?.nodes.filter(({ node }) => Object.hasOwn(node.properties ?? {}, key)) ?? [];
  if (variants && others.length > 0)
    return `It belongs to \`${variants.key}: ${others.map(({ name }) => name).join('`, `')}\`.`;
  return `Known here: ${alternatives(known, 'and')}.`;
}

function missingKey(error: ErrorObject, root: unknown): SchemaFinding {
  const key = error.params['missingProperty'] as string;
  const pointer = error.instancePath;
  const node = schemaAt(childPointer(pointer, key), root)?.node;
  const about = node?.description ? ` ${firstSentence(node.description)}` : '';
  const choices = node?.enum ? ` One of ${alternatives(node.enum.map(String))}.` : '';
  const place = pointer === '' ? ' in this spec' : ` in ${called(pointer)}`;
  return {
    code: 'fip/missing-key',
    pointer,
    part: 'key',
    missing: childPointer(pointer, key),
    message: `\`${key}\` is missing${place}.${about}${choices}`,
  };
}

function wrongType(error: ErrorObject, _root: unknown, types: string[]): SchemaFinding {
  const value: unknown = error.data;
  const name = called(error.instancePath);
  const finding = { ...at(error, 'fip/wrong-type') };
  if (typeof value === 'string' && isQuoted(value.trim(), types))
    return {
      ...finding,
      message: `${name} must be ${expectedTypes(types)}, but "${shown(value)}" in quotes is text. Remove the quotes.`,
      fix: { title: 'Remove the quotes', newText: value.trim() },
    };
  const found =
    isRecord(value) || Array.isArray(value)
      ? kindOf(value)
      : `\`${shown(value)}\` (${kindOf(value)})`;
  const message = `${capital(name)} must be ${expectedTypes(types)}, but is ${found}.`;
  const hint = typeHint(value, types, error.parentSchema as SchemaNode);
  if (hint)
    return { ...finding, message: `${message} ${hint.words}`, ...(hint.fix && { fix: hint.fix }) };
  const quoted = types.includes('string') && ['number', 'boolean'].includes(typeof value);
  return {
    ...finding,
    message: quoted ? `${message} Put it in quotes.` : message,
    ...(quoted && { fix: { title: 'Put it in quotes', newText: `'${String(value)}'` } }),
  };
}

/** Whether a text would be of one of these types without its quotes. */
function isQuoted(text: string, types: readonly string[]): boolean {
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return true;
  const isNumeric = types.includes('number') || types.includes('integer');
  return isNumeric && text !== '' && Number.isFinite(Number(text));
}

function outOfRange(error: ErrorObject): SchemaFinding {
  const node = error.parentSchema as SchemaNode;
  const value = error.data as number;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = node;
  const bounds = [
    minimum !== undefined && `at least ${minimum}`,
    exclusiveMinimum !== undefined && `greater than ${exclusiveMinimum}`,
    maximum !== undefined && `at most ${maximum}`,
    exclusiveMaximum !== undefined && `less than ${exclusiveMaximum}`,
  ].filter((bound) => bound !== false);
  const isPercent = (maximum ?? exclusiveMaximum) === 1 && value > 1 && value <= 100;
  const hint = isPercent ? ` For ${value} % write ${Number((value / 100).toPrecision(12))}.` : '';
  return {
    ...at(error, 'fip/out-of-range'),
    message: `${capital(called(error.instancePath))} must be ${bounds.join(' and ')}, but is ${value}.${hint}`,
  };
}

function unknownValue(error: ErrorObject, allowed: string[]): SchemaFinding {
  const value = shown(error.data);
  const guess = didYouMean(value, allowed);
  const others = (error.params['otherTypes'] as string[] | undefined) ?? [];
  const only = allowed.length === 1 && others.length === 0 ? ' only' : '';
  const types = others.length > 0 ? ` or ${expectedTypes(others)}` : '';
  const list = `It can${only} be ${alternatives(allowed)}${types}.`;
  return {
    ...at(error, 'fip/unknown-value'),
    message: `${capital(called(error.instancePath))} cannot be \`${value}\`. ${guess ? `Did you mean \`${guess}\`? ` : ''}${list}`,
    ...(guess && { fix: { title: `Change to \`${guess}\``, newText: guess } }),
  };
}

function wrongConstant(error: ErrorObject): SchemaFinding {
  const allowed = String(error.params['allowedValue']);
  if (error.instancePath !== '/fip') return unknownValue(error, [allowed]);
  return {
    ...at(error, 'fip/version'),
    message: `This release reads version ${allowed} of the spec language, not \`${shown(error.data)}\`. Write \`fip: ${allowed}\`.`,
    fix: { title: `Change to \`${allowed}\``, newText: allowed },
  };
}

function duplicateItem(error: ErrorObject): SchemaFinding {
  const [first, second] = [error.params['i'] as number, error.params['j'] as number].sort(
    (a, b) => a - b,
  );
  const value = Array.isArray(error.data) ? shown(error.data[second ?? 0]) : '';
  return {
    code: 'fip/duplicate-item',
    pointer: childPointer(error.instancePath, second ?? 0),
    part: 'focus',
    message: `\`${value}\` is in this list twice. Remove one of the two.`,
    related: {
      pointer: childPointer(error.instancePath, first ?? 0),
      message: 'It is first named here.',
    },
  };
}

function tooFewKeys(error: ErrorObject): SchemaFinding {
  const name = called(error.instancePath);
  const message =
    error.instancePath === '/start'
      ? `${name} needs ${keysIn(error)}: train the first network here, read it from files, or both.`
      : `${name} needs at least one entry.`;
  const code = error.instancePath === '/start' ? 'fip/start-choice' : 'fip/wrong-count';
  return { ...at(error, code), message };
}

/** The key that tells variants apart is unknown, empty or of the wrong type. Where it is missing, `required` says so. */
function wrongVariant(error: ErrorObject, root: unknown): SchemaFinding | undefined {
  const tag = error.params['tag'] as string;
  const written = valueAt(root, error.instancePath);
  // A name that stands for a mapping.
  const isShort = typeof written === 'string';
  const pointer = isShort ? error.instancePath : childPointer(error.instancePath, tag);
  const value = valueAt(root, pointer);
  if (value === undefined) return undefined;
  if (value === null) return noValue(pointer);
  const node = resolveNode(error.parentSchema as SchemaNode);
  const allowed = variantsOf(node)?.nodes.map(({ name }) => name) ?? [];
  return unknownValue({ ...error, instancePath: pointer, data: value }, allowed);
}

function misspelt(error: ErrorObject): SchemaFinding {
  const isName = !error.instancePath.endsWith('/objective/pattern');
  if (isName) return { ...at(error, 'fip/bad-name'), message: nameRule(shown(error.data)) };
  const message = `\`${shown(error.data)}\` is no pattern N:M, at most N of M weights. Write for example \`"2:4"\`.`;
  return { ...at(error, 'fip/pattern'), message };
}

function noBound(error: ErrorObject): SchemaFinding {
  const keys = (error.schema as SchemaNode[]).flatMap(({ required }) => required ?? []);
  return {
    code: 'fip/no-bound',
    pointer: error.instancePath,
    part: 'key',
    message: `This expectation has no bound. Add ${alternatives(keys)}.`,
    choices: keys.map((key) => childPointer(error.instancePath, key)),
  };
}

const nameRule = (name: string) =>
  `\`${name}\` is no name. A name starts with a letter and goes on with letters, digits, \`-\` or \`_\`.`;

function badName(error: ErrorObject, _root: unknown): SchemaFinding | undefined {
  if (error.keyword === 'propertyNames') return undefined;
  const name = error.propertyName ?? '';
  const pointer = childPointer(error.instancePath, name);
  if (error.keyword === 'not')
    return {
      code: 'fip/reserved-name',
      pointer,
      part: 'key',
      message: `\`${name}\` cannot be the name of a data set: expectations use it for kept data. Take another name.`,
    };
  return { code: 'fip/bad-name', pointer, part: 'key', message: nameRule(shown(name)) };
}

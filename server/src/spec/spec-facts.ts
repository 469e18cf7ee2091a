/** What a spec says, as far as it is well typed: the semantic rules read this, and so work on half-written specs. */
import { childPointer, valueAt } from './json-pointer';
import { isRecord } from './schema-node';

/** A name written somewhere in the spec. */
export interface Reference {
  pointer: string;
  name: string;
}

export interface DataFact {
  name: string;
  pointer: string;
  value: Record<string, unknown>;
}

export interface LegFact {
  pointer: string;
  name?: string;
  objective: Record<string, unknown>;
  keep: Record<string, unknown>;
  solver: Record<string, unknown>;
  /** The data sets whose outputs are kept. */
  kept: Reference[];
  /** The data sets of the pool, whose labels are not used. */
  pooled: Reference[];
}

/** An optimiser, and the mapping that it stands in: the first network's training, or a leg's solver. */
export interface OptimizerFact {
  pointer: string;
  value: Record<string, unknown>;
  training?: Record<string, unknown>;
  solver?: Record<string, unknown>;
}

export interface ExpectationFact {
  pointer: string;
  value: Record<string, unknown>;
}

export interface SpecFacts {
  data: DataFact[];
  legs: LegFact[];
  optimizers: OptimizerFact[];
  expectations: ExpectationFact[];
  /** Where data sets are trained on, learnt, kept or drawn from as a pool. */
  uses: Reference[];
  classes?: number;
  model: { architecture?: string; vocabulary?: number };
}

/** Collects the facts of a value with defaults filled in. Anything of the wrong type is left out. */
export function factsOf(resolved: unknown): SpecFacts {
  const root = record(resolved);
  const legs = list(root['path']).map((leg, i) => legFact(record(leg), childPointer('/path', i)));
  const classes = valueAt(resolved, '/model/classes');
  return {
    data: Object.entries(record(root['data'])).map(([name, value]) => ({
      name,
      pointer: childPointer('/data', name),
      value: record(value),
    })),
    legs,
    optimizers: optimizerFacts(valueAt(resolved, '/start/train'), legs),
    expectations: list(root['expect']).map((value, i) => ({
      pointer: childPointer('/expect', i),
      value: record(value),
    })),
    uses: [
      ...reference(resolved, '/start/train/on'),
      ...legs.flatMap((leg) => [
        ...reference(resolved, `${leg.pointer}/objective/on`),
        ...leg.kept,
        ...leg.pooled,
      ]),
    ],
    ...(typeof classes === 'number' && { classes }),
    model: modelFact(record(root['model'])),
  };
}

function modelFact({ architecture, vocabulary }: Record<string, unknown>): SpecFacts['model'] {
  return {
    ...(typeof architecture === 'string' && { architecture }),
    ...(typeof vocabulary === 'number' && { vocabulary }),
  };
}

function legFact(leg: Record<string, unknown>, pointer: string): LegFact {
  const keep = record(leg['keep']);
  return {
    pointer,
    ...(typeof leg['leg'] === 'string' && { name: leg['leg'] }),
    objective: record(leg['objective']),
    keep,
    solver: record(leg['solver']),
    kept: namesIn(keep['on'], `${pointer}/keep/on`),
    pooled: namesIn(record(keep['pool'])['on'], `${pointer}/keep/pool/on`),
  };
}

function optimizerFacts(train: unknown, legs: readonly LegFact[]): OptimizerFact[] {
  const training = record(train);
  return [
    { pointer: '/start/train/optimizer', value: training['optimizer'], training },
    ...legs.map(({ pointer, solver }) => ({
      pointer: `${pointer}/solver/optimizer`,
      value: solver['optimizer'],
      solver,
    })),
  ].flatMap((fact) => (isRecord(fact.value) ? [{ ...fact, value: fact.value }] : []));
}

/** One name, or a list of names. */
function namesIn(on: unknown, pointer: string): Reference[] {
  if (typeof on === 'string') return [{ pointer, name: on }];
  return list(on).flatMap((name, i) =>
    typeof name === 'string' ? [{ pointer: childPointer(pointer, i), name }] : [],
  );
}

function reference(root: unknown, pointer: string): Reference[] {
  const name = valueAt(root, pointer);
  return typeof name === 'string' ? [{ pointer, name }] : [];
}

const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

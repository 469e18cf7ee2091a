/** What a spec says, as far as it is well typed: the semantic rules read this, and so work on half-written specs. */
import { subLegs, tasksToLearn, type SubLeg } from '../protocol/sub-legs';
import { taskNames } from '../protocol/task-sets';
import { baselineName } from '../protocol/baseline-plan';
import { childPointer, valueAt } from './json-pointer';
import { isRecord } from './schema-node';

/** A name written somewhere in the spec. */
export interface Reference {
  pointer: string;
  name: string;
}

/** A data set that the rest of the spec can refer to. */
export interface DataFact {
  name: string;
  pointer: string;
  value: Record<string, unknown>;
  /** Its number among the tasks of the entry that it comes from, from 0. */
  task?: number;
}

/** An entry of `data`: a data set, or what becomes several. */
export interface SourceFact extends DataFact {
  /** The data sets that it becomes; none where it is one. */
  tasks: string[];
}

export interface LegFact {
  pointer: string;
  name?: string;
  objective: Record<string, unknown>;
  keep: Record<string, unknown>;
  solver: Record<string, unknown>;
  checkpointEvery?: unknown;
  /** What becomes of the zeros of legs before it. */
  zeros?: unknown;
  /** The data sets whose outputs are kept. */
  kept: Reference[];
  /** The data sets of the pool, whose labels are not used. */
  pooled: Reference[];
  /** The data sets that are learnt, in order. */
  learnt: Reference[];
  /** The legs that it is walked as: one a task. */
  walked: SubLeg[];
}

/** An optimiser, and the mapping that it stands in: the first network's training, a leg's solver or polish, or a baseline. */
export interface OptimizerFact {
  pointer: string;
  value: Record<string, unknown>;
  training?: Record<string, unknown>;
  solver?: Record<string, unknown>;
}

/** An item of `compare`; a name alone is a mapping with this type. */
export interface BaselineFact {
  pointer: string;
  type: string;
  /** What results call it. */
  name: string;
  value: Record<string, unknown>;
}

export interface ExpectationFact {
  pointer: string;
  value: Record<string, unknown>;
}

export interface SpecFacts {
  /** Tasks in place of the entries that they come from. */
  data: DataFact[];
  sources: SourceFact[];
  legs: LegFact[];
  optimizers: OptimizerFact[];
  baselines: BaselineFact[];
  expectations: ExpectationFact[];
  measure: {
    spectrum?: Record<string, unknown>;
    attack?: Record<string, unknown>;
    pca: boolean;
  };
  /** Where data sets are trained on, learnt, kept, drawn from as a pool or measured. */
  uses: Reference[];
  classes?: number;
  /** How the first network is trained, where it is. */
  training?: Record<string, unknown>;
  backend?: string;
  model: { architecture?: string; vocabulary?: number };
}

/** Collects the facts of a value with defaults filled in. Anything of the wrong type is left out. */
export function factsOf(resolved: unknown): SpecFacts {
  const root = record(resolved);
  const sources = sourceFacts(record(root['data']));
  const trained = reference(resolved, '/start/train/on');
  const legs = list(root['path']).map((leg, i) =>
    legFact(record(leg), childPointer('/path', i), sources, trained),
  );
  const baselines = list(root['compare']).flatMap((value, i) => baselineFact(record(value), i));
  const classes = valueAt(resolved, '/model/classes');
  const training = valueAt(resolved, '/start/train');
  return {
    data: sources.flatMap(dataOf),
    sources,
    legs,
    optimizers: optimizerFacts(valueAt(resolved, '/start/train'), legs, baselines),
    baselines,
    expectations: list(root['expect']).map((value, i) => ({
      pointer: childPointer('/expect', i),
      value: record(value),
    })),
    uses: [
      ...trained,
      ...legs.flatMap(({ learnt, kept, pooled }) => [...learnt, ...kept, ...pooled]),
      ...legs.flatMap(({ pointer }) => reference(resolved, `${pointer}/objective/polish/labels`)),
      ...reference(resolved, '/measure/spectrum/on'),
      ...reference(resolved, '/measure/attack/on'),
    ],
    measure: measureFact(record(root['measure'])),
    ...(typeof classes === 'number' && { classes }),
    ...(isRecord(training) && { training }),
    ...(typeof root['backend'] === 'string' && { backend: root['backend'] }),
    model: modelFact(record(root['model'])),
  };
}

function modelFact({ architecture, vocabulary }: Record<string, unknown>): SpecFacts['model'] {
  return {
    ...(typeof architecture === 'string' && { architecture }),
    ...(typeof vocabulary === 'number' && { vocabulary }),
  };
}

function measureFact({ spectrum, attack, pca }: Record<string, unknown>): SpecFacts['measure'] {
  return {
    ...(isRecord(spectrum) && { spectrum }),
    ...(isRecord(attack) && { attack }),
    pca: pca === true,
  };
}

function sourceFacts(data: Record<string, unknown>): SourceFact[] {
  return Object.entries(data).map(([name, value]) => ({
    name,
    pointer: childPointer('/data', name),
    value: record(value),
    tasks: taskNames(name, record(value)['tasks']),
  }));
}

function dataOf({ tasks, ...source }: SourceFact): DataFact[] {
  return tasks.length === 0 ? [source] : tasks.map((name, task) => ({ ...source, name, task }));
}

function legFact(
  leg: Record<string, unknown>,
  pointer: string,
  sources: readonly SourceFact[],
  trained: readonly Reference[],
): LegFact {
  const keep = record(leg['keep']);
  const name = leg['leg'];
  const objective = record(leg['objective']);
  const kept = references(keep['on'], `${pointer}/keep/on`);
  const written = references(objective['on'], `${pointer}/objective/on`);
  const isLearn = objective['type'] === 'learn';
  const learnt = isLearn ? learntBy(written, sources, [...trained, ...kept]) : written;
  const names = (found: readonly Reference[]) => found.map((one) => one.name);
  return {
    pointer,
    ...(typeof name === 'string' && { name }),
    objective,
    keep,
    solver: record(leg['solver']),
    kept,
    pooled: references(record(keep['pool'])['on'], `${pointer}/keep/pool/on`),
    learnt,
    walked: subLegs(
      typeof name === 'string' ? name : '',
      isLearn ? names(learnt) : [],
      names(kept),
    ),
    checkpointEvery: leg['checkpoint_every'],
    zeros: leg['zeros'],
  };
}

/** The name of an entry with tasks stands for those of its tasks that are not had yet. */
function learntBy(
  written: readonly Reference[],
  sources: readonly SourceFact[],
  had: readonly Reference[],
): Reference[] {
  const tasks = new Map(
    sources.flatMap((source) => (source.tasks.length > 0 ? [[source.name, source.tasks]] : [])),
  );
  const found = new Map<string, Reference>();
  for (const { pointer, name: on } of written)
    for (const name of tasksToLearn(
      [on],
      tasks,
      had.map(({ name }) => name),
    ))
      if (!found.has(name)) found.set(name, { pointer, name });
  return [...found.values()];
}

function baselineFact(value: Record<string, unknown>, index: number): BaselineFact[] {
  const { type, name } = value;
  if (typeof type !== 'string') return [];
  const named = baselineName({ type, ...(typeof name === 'string' && { name }) });
  return [{ pointer: childPointer('/compare', index), type, name: named, value }];
}

function optimizerFacts(
  train: unknown,
  legs: readonly LegFact[],
  baselines: readonly BaselineFact[],
): OptimizerFact[] {
  const training = record(train);
  return [
    { pointer: '/start/train/optimizer', value: training['optimizer'], training },
    ...legs.map(({ pointer, solver }) => ({
      pointer: `${pointer}/solver/optimizer`,
      value: solver['optimizer'],
      solver,
    })),
    ...legs.map(({ pointer, objective }) => {
      const polish = record(objective['polish']);
      const place = `${pointer}/objective/polish/optimizer`;
      return { pointer: place, value: polish['optimizer'], solver: polish };
    }),
    ...baselines.map(({ pointer, type, value }) => ({
      pointer: `${pointer}/optimizer`,
      value: value['optimizer'],
      // An independent ensemble is trained by epochs, as a first network is.
      ...(type === 'independent_ensemble' ? { training: value } : { solver: value }),
    })),
  ].flatMap((fact) => (isRecord(fact.value) ? [{ ...fact, value: fact.value }] : []));
}

/** A name, or a list of names. */
function references(on: unknown, pointer: string): Reference[] {
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

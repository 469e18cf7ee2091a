import type { Ensemble, EnsembleMember, NumbersByName } from '../../protocol/generated';
import type { Leg } from '../../spec/experiment';
import type { DataSet, Samples } from '../data/data-set';
import { Random } from '../random';
import { dataSetOf, gatherInputs, gatherLabels, type RunContext } from '../run-context';
import { unlabelledData } from '../unlabelled-data';
import { concatenated } from '../vector';
import { averagedAnswers, averagedLoss } from './attacks/averaged-loss';
import { coherence, disagreement, layerDiversity } from './ensemble';
import { finite } from './measure';
import { outputsInChunks } from './outputs';

/** Test samples on which gradients are compared, at most. */
const COMPARED = 200;

/** Measures what the networks of a leg are together. */
export async function measureEnsemble(
  context: RunContext,
  leg: Leg,
  index: number,
  { networks, members }: { networks: readonly Float32Array[]; members: EnsembleMember[] },
): Promise<Ensemble> {
  const kept = [leg.keep.on].flat();
  const accuracy: NumbersByName = {};
  const answers: Int32Array[][] = networks.map(() => []);
  const unlabelled = unlabelledData(context.experiment);
  for (const [name, { test }] of context.dataSets) {
    const logits: Float32Array[] = [];
    for (const weights of networks)
      logits.push(await outputsInChunks(context, weights, test.inputs));
    if (!unlabelled.has(name)) {
      const together = averagedAnswers(logits, test.count);
      accuracy[name] = finite(shareRight(together, test.labels));
    }
    if (kept.includes(name))
      logits.forEach((own, i) => answers[i]?.push(averagedAnswers([own], test.count)));
  }
  const differing = disagreement(
    answers.map((parts) => Int32Array.from(parts.flatMap((p) => [...p]))),
  );
  const layers = layerDiversity(context.network.layout, networks);
  const measured = {
    ...{ members, accuracy, disagreement: finite(differing) },
    layer_diversity: Object.fromEntries([...layers].map(([name, apart]) => [name, finite(apart)])),
  };
  if (context.network.vocabulary !== undefined) return measured;
  const data = kept.map((name) => dataSetOf(context, name, `/path/${index}/keep/on`));
  return { ...measured, coherence: finite(await gradientCoherence(context, networks, data)) };
}

function shareRight(answers: Int32Array, labels: Int32Array): number {
  return answers.filter((answer, row) => answer === labels[row]).length / labels.length;
}

async function gradientCoherence(
  context: RunContext,
  networks: readonly Float32Array[],
  dataSets: readonly DataSet[],
): Promise<number> {
  const { count, inputs, labels } = drawTest(dataSets, context.experiment.seed);
  const gradients: Float32Array[] = [];
  for (const weights of networks)
    gradients.push((await averagedLoss(context, [weights], labels)(inputs)).gradient);
  return coherence(gradients, count);
}

/** Some of the test samples of all data sets together, drawn by the seed. */
function drawTest(dataSets: readonly DataSet[], seed: number): Samples {
  const inputs = concatenated(dataSets.map(({ test }) => test.inputs));
  const labels = Int32Array.from(dataSets.flatMap(({ test }) => [...test.labels]));
  const count = labels.length;
  const rows = Random.of(seed, 'ensemble', 'samples').sample(count, Math.min(count, COMPARED));
  const all = { count, inputs, labels };
  return { count: rows.length, inputs: gatherInputs(all, rows), labels: gatherLabels(all, rows) };
}

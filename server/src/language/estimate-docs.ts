/** What a leg or the training will take, before it is run. */
import { flopsText } from './model-docs';
import { memoryNeeds } from '../spec/memory-needs';
import type { CheckedSpec } from '../spec/check-spec';
import { bytesText } from '../spec/words';
import { isPartOf } from '../protocol/sub-legs';
import type { LatestRun } from './latest-run';
import { durationText } from './numbers';

/** Memory, work and, where the spec was run before, time of a leg; undefined where its network is not known. */
export function legEstimate(
  checked: CheckedSpec,
  index: number,
  run: LatestRun | undefined,
): string | undefined {
  const leg = checked.facts.legs[index];
  const need = memoryNeeds(checked).find(
    ({ pointer }) => pointer === `${leg?.pointer ?? ''}/solver/samples`,
  );
  const steps = leg?.solver['steps'];
  if (!leg || !need || !checked.network || typeof steps !== 'number') return undefined;
  const work = flopsText(need.samples * checked.network.multiplyAdds);
  const each = secondsAStep(run, leg.name);
  const parts = [
    `${bytesText(need.bytes)} of memory at least`,
    `${work} for each pass over the ${need.samples.toLocaleString('en')} samples of a step`,
    each && `about ${durationText(each.seconds * steps)} for ${steps} steps, as fast as ${each.as}`,
  ];
  return `It takes ${parts.filter(Boolean).join('; ')}.`;
}

/** Memory, work and, where the spec was run before, time of the training at the start. */
export function trainingEstimate(
  checked: CheckedSpec,
  run: LatestRun | undefined,
): string | undefined {
  const { facts, known, network } = checked;
  const need = memoryNeeds(checked).find(({ pointer }) => pointer.startsWith('/start/train/'));
  const count = known.get(String(facts.training?.['on']))?.trainCount;
  const epochs = facts.training?.['epochs'];
  if (!need || !network || count === undefined || typeof epochs !== 'number') return undefined;
  // Backwards takes twice as much as forwards.
  const work = flopsText(3 * epochs * count * network.multiplyAdds);
  const { startSeconds, epochs: had = 0, backend } = run?.view ?? {};
  const each = startSeconds !== undefined && had > 0 ? startSeconds / had : undefined;
  const parts = [
    `${bytesText(need.bytes)} of memory at least`,
    `${work} for ${epochs} epochs over ${count.toLocaleString('en')} samples`,
    each && `about ${durationText(each * epochs)}, as fast as ${lastRun(backend)}`,
  ];
  return `It takes ${parts.filter(Boolean).join('; ')}.`;
}

function secondsAStep(run: LatestRun | undefined, name: string | undefined) {
  const walked = (run?.view.legs ?? []).flatMap(({ leg, report }) =>
    isPartOf(leg, name) && report && report.steps > 0 ? [report] : [],
  );
  const steps = walked.reduce((sum, report) => sum + report.steps, 0);
  const seconds = walked.reduce((sum, report) => sum + report.seconds, 0);
  return steps > 0 ? { seconds: seconds / steps, as: lastRun(run?.view.backend) } : undefined;
}

const lastRun = (backend: LatestRun['view']['backend']) =>
  `the last run${backend ? ` on ${backend.name}` : ''}`;

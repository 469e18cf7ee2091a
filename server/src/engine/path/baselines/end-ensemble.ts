import type { Ensemble, EnsembleMember } from '../../../protocol/generated';
import { measure } from '../../metrics/measure';
import { measureEnsemble } from '../../metrics/measure-ensemble';
import type { BaselineRun } from './begin-baseline';

/** Measures, alone and together, the networks that a baseline has brought about, and writes their weights. */
export async function endEnsemble(walk: BaselineRun): Promise<Ensemble | undefined> {
  const { run, planned, setting, method } = walk;
  const { members: networks } = method;
  if (!networks) return undefined;
  const { baseline, leg, index } = planned;
  const { anchor, kept } = setting;
  const position = { start: run.start, anchor, kept, arcLength: 0, action: 0 };
  const members: EnsembleMember[] = [];
  for (const [i, weights] of networks.entries()) {
    const { accuracy, weight_distance = null } = await measure(run.context, weights, position);
    run.saveWeights(`${leg.leg}-${baseline}-member-${i + 1}`, weights);
    members.push({ accuracy, arc_length: null, weight_distance });
  }
  return measureEnsemble(run.context, leg, index, { networks, members });
}

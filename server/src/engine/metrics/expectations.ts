import type { ExpectationResult } from '../../protocol/generated';
import { judgeExpectation, type Measured } from '../../protocol/judge-expectation';
import type { Experiment } from '../../spec/experiment';

/** Judges every expectation whose moment has come, in the order of the spec. */
export function judgeExpectations(experiment: Experiment, measured: Measured): ExpectationResult[] {
  return experiment.expect.flatMap((expectation, index) => {
    const judgement = judgeExpectation(expectation, measured);
    if (!judgement) return [];
    const { metric, on, at } = expectation;
    const what = { pointer: `/expect/${index}`, metric, ...(on !== undefined && { on }), at };
    return [{ ...what, ...judgement }];
  });
}

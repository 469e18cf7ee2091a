/** What a run found out, on the lines that caused it. */
import { isPartOf } from '../protocol/sub-legs';
import { specError } from '../spec/spec-diagnostic';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';
import type { CheckedSpec } from '../spec/check-spec';
import { outcomeOf } from './expectation-outcome';
import type { LatestRun } from './latest-run';

/** Failed expectations, warnings and the reason of a failure. Nothing of a run that the spec has moved away from. */
export function runDiagnostics(checked: CheckedSpec, run?: LatestRun): SpecDiagnostic[] {
  if (!run || run.stale) return [];
  return [
    ...failures(checked, run),
    ...warnings(checked, run),
    ...failedExpectations(checked, run),
  ];
}

function failedExpectations({ document, facts }: CheckedSpec, run: LatestRun): SpecDiagnostic[] {
  return facts.expectations.flatMap((expectation) => {
    const outcome = outcomeOf(expectation, run);
    if (!outcome || outcome.passed) return [];
    const range = document.range(document.tightSpan(expectation.pointer));
    return [specError('fip/expectation-failed', range, outcome.message)];
  });
}

function warnings({ document }: CheckedSpec, { view }: LatestRun): SpecDiagnostic[] {
  const latest = new Map(
    view.warnings.map((warning) => [`${warning.code} ${warning.pointer}`, warning]),
  );
  return [...latest.values()].map(({ pointer, code, message, step }) => ({
    range: document.rangeOf(pointer, 'focus'),
    severity: 'warning',
    code,
    message: step === undefined ? message : `${message} (Step ${step}.)`,
  }));
}

/** On the part of the spec that is to blame; else on the leg that failed, or on the first key. */
function failures({ document, facts }: CheckedSpec, { view }: LatestRun): SpecDiagnostic[] {
  if (view.status !== 'failed') return [];
  const { pointer, code, reason } = view.report ?? {};
  const name = view.legs.find(({ status }) => status === 'failed' || status === 'running')?.leg;
  const leg = facts.legs.find((leg) => name !== undefined && isPartOf(name, leg.name));
  const place = pointer || (leg ? `${leg.pointer}/leg` : '');
  const range = place ? document.rangeOf(place, 'focus') : document.rangeOf('', 'key');
  const message = reason ?? 'The run failed. The log in its folder says more.';
  return [{ range, severity: 'error', code: code ?? 'fip/run-failed', message }];
}

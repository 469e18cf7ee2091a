/** Measured values at the ends of the lines that asked for them. */
import type { InlayHint } from 'vscode-languageserver';
import type { Metrics } from '../protocol/generated';
import type { LegView } from '../protocol/run-view';
import type { CheckedSpec } from '../spec/check-spec';
import type { SpecDocument } from '../spec/spec-document';
import { begunBaselines } from './baseline-metrics';
import { outcomeOf } from './expectation-outcome';
import { begunLeg, isLiving } from './latest-run';
import type { LatestRun } from './latest-run';
import { reached, taskText } from './leg-metrics';
import { metricText, numberText, percentText } from './numbers';

/** A line holds so many accuracies, not more. */
const MOST_NAMED = 4;

/** The hints of a spec, from its latest run. */
export function inlayHints({ document, facts }: CheckedSpec, run?: LatestRun): InlayHint[] {
  if (!run) return [];
  const suffix = run.stale ? ' (stale)' : '';
  const legs = facts.legs.flatMap(({ pointer, name }) => {
    const leg = begunLeg(run, name);
    const label = leg && legLabel(run, leg);
    return label ? [hintAt(document, `${pointer}/leg`, label + suffix)] : [];
  });
  const expectations = facts.expectations.flatMap((expectation) => {
    const outcome = outcomeOf(expectation, run);
    if (!outcome) return [];
    const value = metricText(String(expectation.value['metric']), outcome.value);
    const label = `${outcome.passed ? '✓' : '✗'} ${value}${suffix}`;
    return [hintAt(document, expectation.pointer, label, outcome.message.replaceAll('`', ''))];
  });
  const baselines = facts.baselines.flatMap(({ pointer, name }) => {
    const label = baselineLabel(run, name);
    return label ? [hintAt(document, pointer, label + suffix)] : [];
  });
  return [...legs, ...baselines, ...expectations];
}

/** The same beside each leg, with the leg in front where there are several. */
function baselineLabel(run: LatestRun, name: string): string {
  const begun = begunBaselines(run, name);
  return begun
    .map(({ leg, step, steps, report, status }) => {
      const place = begun.length > 1 ? [leg] : [];
      if (report) return [...place, ...metricLabels(report.end)].join(' · ');
      return [...place, status === 'failed' ? 'failed' : `step ${step}/${steps}`].join(' · ');
    })
    .join(' | ');
}

/** `97.1 % · 95 % sparse · Δout 0.031`, with the step in front while the leg is walked. */
function legLabel(run: LatestRun, leg: LegView): string {
  const walking = isLiving(run) && !leg.report;
  const step = walking ? [`step ${leg.step}/${leg.steps}`] : [];
  const metrics = reached(leg);
  return taskText(run, leg) + [...step, ...(metrics ? metricLabels(metrics) : [])].join(' · ');
}

function metricLabels({ accuracy, sparsity, output_distance: distance }: Metrics): string[] {
  const measured = Object.entries(accuracy).filter(([, value]) => value !== null);
  const name = (data: string) => (measured.length > 1 ? `${data} ` : '');
  const accuracies =
    measured.length > MOST_NAMED
      ? [averageLabel(measured.map(([, value]) => value ?? 0))]
      : measured.map(([data, value]) => `${name(data)}${percentText(value ?? 0)}`);
  const held = distance?.['held_out'] ?? distance?.['memory'];
  return [
    ...accuracies,
    ...(sparsity ? [`${percentText(sparsity)} sparse`] : []),
    ...(typeof held === 'number' ? [`Δout ${numberText(held)}`] : []),
  ];
}

const averageLabel = (values: readonly number[]) =>
  `${percentText(values.reduce((sum, value) => sum + value, 0) / values.length)} on average of ${values.length} data sets`;

function hintAt(
  document: SpecDocument,
  pointer: string,
  label: string,
  tooltip?: string,
): InlayHint {
  const [, end] = document.tightSpan(pointer);
  return {
    position: document.positionAt(end),
    label,
    paddingLeft: true,
    ...(tooltip && { tooltip }),
  };
}

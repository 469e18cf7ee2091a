import { relative } from 'node:path';
import type { Report } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';
import type { RunView } from '../protocol/run-view';
import type { Experiment } from '../spec/experiment';
import { continualTable } from './continual-table';
import { ensembleLines } from './ensemble-lines';
import { expectationLines } from './expectation-lines';
import { duration, plural } from './format';
import { pcaLines } from './pca-lines';
import { resultTable } from './result-table';
import { attackLines } from './attack-lines';
import { spectrumLines } from './spectrum-lines';
import type { Style } from './style';

/** A run that has ended, or whose engine has. */
export interface Outcome {
  summary: RunSummary;
  view: RunView;
  /** For the bounds of the expectations. */
  experiment: Experiment | undefined;
  /** The command that goes on with it. */
  resume: string;
  /** Folder that paths are shown relative to. */
  cwd: string;
}

/** Result table and all else that was measured, expectations, warnings, how it ended, and where the run's folder is. */
export function outcomeLines(outcome: Outcome, width: number, style: Style): string[] {
  const { view, experiment, summary, cwd } = outcome;
  const { report } = view;
  const folder = relative(cwd, summary.folder) || '.';
  return [
    ...(report ? tableLines(report, view, width) : []),
    ...paragraph(report ? ensembleLines(report, width) : []),
    ...paragraph(attackLines(report?.attacks ?? [], width)),
    ...paragraph(spectrumLines(report?.spectra ?? [], width)),
    ...paragraph(pcaLines(report?.pca, width)),
    ...paragraph(expectationLines(report?.expectations ?? [], experiment, style)),
    ...paragraph(warningLines(view, style)),
    ...endLines(outcome, style),
    style.dim(`Run folder: ${folder.startsWith('..') ? summary.folder : folder}`),
  ];
}

function tableLines(report: Report, view: RunView, width: number): string[] {
  if (!report.start && report.legs.length === 0) return [];
  const { continual } = report;
  return [
    ...resultTable(report, width, view.startSeconds),
    '',
    ...paragraph(continual ? continualTable(continual, width) : []),
  ];
}

function paragraph(lines: readonly string[]): string[] {
  return lines.length > 0 ? [...lines, ''] : [];
}

function warningLines({ warnings }: RunView, style: Style): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.map(({ leg, step, code, message }) => {
    const place = [leg, step === undefined ? undefined : `step ${step}`].filter(Boolean).join(', ');
    return `  ${place ? `${place}: ` : ''}${message} [${code}]`;
  });
  return [style.yellow(`${plural(warnings.length, 'warning')}:`), ...lines];
}

function endLines({ summary, view, resume }: Outcome, style: Style): string[] {
  const { report } = view;
  switch (summary.status) {
    case 'completed':
      return [completedLine(report, style)];
    case 'stopped':
      return [`${style.yellow('Stopped')}; everything up to here is saved. Go on with: ${resume}`];
    case 'failed':
      return [`${style.red('Failed')}: ${report?.reason ?? 'the engine gave no reason.'}`];
    case 'interrupted':
      return [`${style.red('Interrupted')}: ${summary.reason ?? ''}`, `Go on with: ${resume}`];
    default:
      return [`The run is ${summary.status}.`];
  }
}

function completedLine(report: Report | undefined, style: Style): string {
  const missed = report?.expectations.filter(({ passed }) => !passed).length ?? 0;
  const time = report ? ` in ${duration(report.seconds)}` : '';
  if (missed === 0) return `${style.green('Completed')}${time}.`;
  return `${style.red('Completed')}${time}, but ${plural(missed, 'expectation')} failed.`;
}

import type { RunFormat } from '../protocol/messages';
import { curvePoints, curvesCsv } from './curves';
import { runHtml } from './html';
import { runMarkdown, type ExportedRun } from './markdown';

/** A run in one of the formats, as text. */
export function exportRun(run: ExportedRun, format: RunFormat): string {
  switch (format) {
    case 'markdown':
      return runMarkdown(run);
    case 'html':
      return runHtml(run);
    case 'csv':
      return curvesCsv(run.view);
    case 'json':
      return `${JSON.stringify({ report: run.view.report ?? null, curves: curvePoints(run.view) }, undefined, 2)}\n`;
  }
}

import { describe, expect, test } from 'vitest';
import { curvePoints, curvesCsv } from '../../server/src/export/curves';
import { exportRun } from '../../server/src/export/export-run';
import { flatMetrics } from '../../server/src/protocol/flat-metrics';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { summary, wholeRun } from '../webview/synthetic-run';

const view = foldEvents(wholeRun());
const spec = 'fip: 1\nname: test # with ``` in it\n';
const run = { summary: summary({ status: 'completed' }), view, spec };

test('metrics are one number a name; what is not finite stays so', () => {
  const flat = flatMetrics({ accuracy: { a: 0.5, b: null }, loss: {}, sparsity: 0, arc_length: 2 });
  expect([...flat]).toEqual([
    ['accuracy.a', 0.5],
    ['accuracy.b', null],
    ['sparsity', 0],
    ['arc_length', 2],
  ]);
});

describe('the curves', () => {
  const lines = curvesCsv(view).trimEnd().split('\r\n');
  const cells = lines.map((line) => line.split(','));

  test('have a line for each checkpoint and as many cells in each', () => {
    expect(lines).toHaveLength(1 + view.legs.flatMap(({ checkpoints }) => checkpoints).length);
    expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
  });

  test('say what was measured', () => {
    const column = cells[0]?.indexOf('accuracy.digits') ?? -1;
    const read = cells.slice(1).map((row) => Number(row[column]));
    const measured = view.legs.flatMap(({ checkpoints }) =>
      checkpoints.map(({ metrics }) => metrics.accuracy['digits']),
    );
    expect(read).toEqual(measured);
  });

  test('of a run without checkpoints are a header', () => {
    expect(curvesCsv(emptyRunView())).toBe('leg,step\r\n');
  });

  test('quote a name that has a separator in it', () => {
    const [leg] = view.legs;
    const [first] = leg?.checkpoints ?? [];
    if (!leg || !first) throw new Error('There is no checkpoint.');
    const metrics = { accuracy: { 'a,"b"': 0.5 }, loss: {}, sparsity: null };
    const odd = { ...leg, checkpoints: [{ ...first, metrics }] };
    const [header, row] = curvesCsv({ ...view, legs: [odd] }).split('\r\n');
    expect(header).toBe('leg,step,"accuracy.a,""b""",sparsity');
    expect(row).toBe('add-fashion,0,0.5,');
  });
});

describe('the page of Markdown', () => {
  const page = exportRun(run, 'markdown');

  test('has the networks as rows, the expectations, and the spec in a fence that holds it', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| '));
    expect(rows[2]).toMatch(/^\| start \| 0\.97/);
    expect(rows.slice(3).join('\n')).toContain('add-fashion, end');
    expect(page).toContain('- ✓ ');
    expect(page).toContain('- ✗ ');
    expect(page).toContain(`\`\`\`\`yaml\n${spec.trimEnd()}\n\`\`\`\``);
  });

  test('lets no name break the table or begin a tag', () => {
    const name = '<img src=x>|`a`\n# b';
    const odd = exportRun({ ...run, summary: summary({ name }) }, 'markdown');
    expect(odd.split('\n')[0]).toBe('# \\<img src=x\\>\\|`a` # b');
  });

  test('of a failed run says why', () => {
    const report = view.report && { ...view.report, reason: 'The data are gone.' };
    const failed = { ...view, ...(report && { report }) };
    expect(exportRun({ ...run, view: failed }, 'markdown')).toContain('> The data are gone.');
  });
});

test('JSON has the report and the curves', () => {
  const read: unknown = JSON.parse(exportRun(run, 'json'));
  expect(read).toEqual({ report: view.report, curves: curvePoints(view) });
});

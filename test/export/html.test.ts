import { describe, expect, test } from 'vitest';
import { exportRun } from '../../server/src/export/export-run';
import { reportChart } from '../../server/src/export/report-chart';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import type { RunEvent } from '../../server/src/protocol/generated';
import { summary, wholeRun } from '../webview/synthetic-run';

const view = foldEvents(wholeRun());
const run = { summary: summary({ status: 'completed' }), view, spec: 'fip: 1\nname: <a> & b\n' };

describe('the report in HTML', () => {
  const page = exportRun(run, 'html');

  test('has networks, curves, expectations, warnings and the spec', () => {
    expect(page).toContain('<th scope="row">add-fashion, end</th>');
    expect(page.match(/<figure>/g)).toHaveLength(3);
    expect(page).toContain('<li>✗ Output distance on held-out data');
    expect(page).toContain('(fip/off-manifold)</li>');
    expect(page).toContain('name: &lt;a&gt; &amp; b');
  });

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|\ssrc=|https?:/);
    expect(page).toContain("default-src 'none'");
  });

  test('lets no name begin a tag or end an attribute', () => {
    const name = `"><script>alert('x')</script>`;
    const hostile = JSON.parse(
      JSON.stringify(wholeRun()).replaceAll('digits', 'd\\"><script>g'),
    ) as RunEvent[];
    const odd = { ...run, view: foldEvents(hostile), summary: summary({ name, label: name }) };
    expect(exportRun(odd, 'html')).not.toContain('<script');
  });

  test('of a run without a measurement has no empty picture', () => {
    const empty = exportRun({ ...run, view: emptyRunView() }, 'html');
    expect(empty).not.toContain('<figure>');
    expect(empty).toContain('<h2>Spec</h2>');
  });
});

describe('a picture of curves', () => {
  const draw = (points: [number, number | null][]) =>
    reportChart('T', [{ name: 'a', points }], String);

  test('goes from the lower left to the upper right, with gaps where a value is not finite', () => {
    const svg = draw([
      [0, 0],
      [5, null],
      [10, 1],
    ]);
    expect(svg).toContain('d="M64.0 232.0M628.0 12.0"');
  });

  test('of a flat curve, and of none, has no NaN', () => {
    expect(draw([[0, 0]])).not.toMatch(/NaN|Infinity/);
    expect(draw([[0, 3]])).not.toMatch(/NaN|Infinity/);
    expect(draw([[0, null]])).toBe('');
  });
});

/** Panels come back with their spec even where their own state was lost. */
import { expect, test } from 'vitest';
import { OpenPanels } from '../../client/src/results/open-panels';

function store() {
  const values = new Map<string, unknown>();
  return {
    get: <Value>(key: string, fallback: Value) =>
      (values.get(key) as Value | undefined) ?? fallback,
    update: (key: string, value: unknown) => {
      // What is kept is text.
      values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}

const none = () => false;

test('a panel is found by its title after a restart', () => {
  const kept = store();
  const before = new OpenPanels(kept);
  before.opened('file:///a.fip.yaml', 'Results: a');
  before.opened('file:///b.fip.yaml', 'Results: b');
  const after = new OpenPanels(kept);
  expect(after.find('Results: b', none)).toBe('file:///b.fip.yaml');
  expect(after.find('Results: c', none)).toBeUndefined();
});

test('one that was closed is not', () => {
  const kept = store();
  const before = new OpenPanels(kept);
  before.opened('file:///a.fip.yaml', 'Results: a');
  before.closed('file:///a.fip.yaml');
  expect(new OpenPanels(kept).find('Results: a', none)).toBeUndefined();
});

test('two specs of one name each get their own', () => {
  const kept = store();
  const panels = new OpenPanels(kept);
  panels.opened('file:///one/a.fip.yaml', 'Results: a');
  panels.opened('file:///two/a.fip.yaml', 'Results: a');
  const first = panels.find('Results: a', none);
  const second = panels.find('Results: a', (uri) => uri === first);
  expect(new Set([first, second]).size).toBe(2);
  expect(panels.find('Results: a', () => true)).toBeUndefined();
});

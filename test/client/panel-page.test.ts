import { describe, expect, test } from 'vitest';
import { readPanelState } from '../../client/src/results/panel-state';
import { webviewHtml } from '../../client/src/results/webview-html';

const PAGE = {
  cspSource: 'https://files.example',
  scriptUri: 'https://files.example/results.js',
  styleUri: 'https://files.example/results.css',
  nonce: 'abc123',
  language: 'en',
  translations: { 'a "quoted" <b>': 'x & y' },
};

describe('the page of the panel', () => {
  const html = webviewHtml(PAGE);

  test('allows its own script and style sheet and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toBe(
      "default-src 'none'; script-src 'nonce-abc123'; style-src https://files.example; base-uri 'none'; form-action 'none'",
    );
    expect(html).not.toMatch(/unsafe-|style="|<style|javascript:|\son\w+=/);
  });

  test('keeps translations from ending their attribute', () => {
    expect(html).toContain(
      'data-translations="{&quot;a \\&quot;quoted\\&quot; &lt;b&gt;&quot;:&quot;x &amp; y&quot;}"',
    );
  });
});

describe('the state that a panel left behind', () => {
  test('comes back', () => {
    const state = { uri: 'file:///a.fip.yaml', run: 'r', logDistance: true };
    expect(readPanelState(state)).toEqual(state);
  });

  test.each([[undefined], [null], ['text'], [{}], [{ uri: 7 }], [{ uri: '' }]])(
    '%j is none of ours',
    (state) => {
      expect(readPanelState(state)).toBeUndefined();
    },
  );

  test('what is not readable is left out', () => {
    const state = { uri: 'file:///a.fip.yaml', run: 7, logDistance: 'yes', more: 1 };
    expect(readPanelState(state)).toEqual({ uri: 'file:///a.fip.yaml' });
  });
});

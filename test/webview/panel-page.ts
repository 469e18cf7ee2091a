import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FromPanel, PanelState, ToPanel } from '../../client/src/results/messages';
import { webviewHtml } from '../../client/src/results/webview-html';
import { THEMES, type TestTheme } from './themes';

const CHROMIUM = process.env['FIP_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether the tests of the panel can run; they must where FIP_REQUIRE_BROWSER is set. */
export function hasBrowser(): boolean {
  const found = existsSync(CHROMIUM);
  if (!found && process.env['FIP_REQUIRE_BROWSER'])
    throw new Error(`FIP_REQUIRE_BROWSER is set, but there is no Chromium at ${CHROMIUM}.`);
  if (!found) console.warn(`Skipped: the tests of the results panel need Chromium at ${CHROMIUM}.`);
  return found;
}

/** Serves the panel as it ships, and opens it in a browser with a stand-in for the editor. */
export class PanelBench {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly address: string,
  ) {}

  static async open(): Promise<PanelBench> {
    const files = await bundle();
    const server = createServer((request, response) => {
      const file = files.get(request.url ?? '');
      response.writeHead(file ? 200 : 404, { 'Content-Type': file?.type ?? 'text/plain' });
      response.end(file?.text ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    files.set('/', { type: 'text/html', text: page(address) });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    return new PanelBench(browser, server, address);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }

  /** A fresh panel in a theme, with the state that it kept before, if any. */
  async panel(options: PanelOptions = {}): Promise<TestPanel> {
    const { theme = THEMES[0]!, width = 1000, height = 1300, state, reducedMotion } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      ...(reducedMotion && { reducedMotion: 'reduce' }),
    });
    const tab = await context.newPage();
    const panel = new TestPanel(tab);
    await tab.addInitScript(fakeEditor, { theme, state });
    await tab.goto(this.address);
    await tab.waitForSelector('h1');
    return panel;
  }
}

export interface PanelOptions {
  theme?: TestTheme;
  width?: number;
  height?: number;
  state?: PanelState;
  reducedMotion?: boolean;
}

/** A panel in the browser, seen from its host. */
export class TestPanel {
  /** Errors of the page, and what its content security policy refused. */
  readonly errors: string[] = [];

  constructor(readonly tab: Page) {
    tab.on('pageerror', (error) => this.errors.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.errors.push(message.text());
    });
  }

  async send(...messages: ToPanel[]): Promise<void> {
    await this.tab.evaluate((all) => {
      for (const message of all) window.postMessage(message, '*');
    }, messages);
  }

  /** What the panel has posted so far. */
  posted(): Promise<FromPanel[]> {
    return this.tab.evaluate(() => (window as unknown as FakeEditor).fipPosted);
  }

  kept(): Promise<PanelState | undefined> {
    return this.tab.evaluate(() => (window as unknown as FakeEditor).fipState);
  }

  /** Refusals of the content security policy. */
  violations(): Promise<string[]> {
    return this.tab.evaluate(() => (window as unknown as FakeEditor).fipViolations);
  }

  text(selector = 'main'): Promise<string> {
    return this.tab.innerText(selector);
  }

  async close(): Promise<void> {
    await this.tab.context().close();
  }
}

interface FakeEditor {
  fipPosted: FromPanel[];
  fipState: PanelState | undefined;
  fipViolations: string[];
}

/** Runs in the page before its own script: what VS Code puts there. */
function fakeEditor({ theme, state }: { theme: TestTheme; state: PanelState | undefined }): void {
  const editor = window as unknown as FakeEditor & { acquireVsCodeApi(): unknown };
  editor.fipPosted = [];
  editor.fipState = state;
  editor.fipViolations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) => {
    editor.fipViolations.push(`${violatedDirective} ${sourceFile}`);
  });
  editor.acquireVsCodeApi = () => ({
    postMessage: (message: FromPanel) => editor.fipPosted.push(message),
    getState: () => editor.fipState,
    setState: (next: PanelState) => (editor.fipState = next),
  });
  const dress = () => {
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(name, value);
    document.body.className = theme.bodyClass;
  };
  new MutationObserver((_, observer) => {
    if (!document.querySelector('body')) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
}

function page(address: string): string {
  return webviewHtml({
    cspSource: address,
    scriptUri: `${address}/results.js`,
    styleUri: `${address}/results.css`,
    nonce: 'bm9uY2U',
    language: 'en',
    translations: {},
  });
}

async function bundle(): Promise<Map<string, { type: string; text: string }>> {
  const root = join(import.meta.dirname, '../..');
  const { outputFiles } = await build({
    entryPoints: ['client/webview/results.ts', 'client/webview/results.css'],
    absWorkingDir: root,
    outdir: 'dist/webview',
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    logLevel: 'warning',
  });
  const type = (path: string) => (path.endsWith('.css') ? 'text/css' : 'text/javascript');
  return new Map(
    outputFiles.map(({ path, text }) => [
      path.slice(path.lastIndexOf('/')),
      { type: type(path), text },
    ]),
  );
}

/** One VS Code, one window, one folder of specs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';
import { findBrowser } from '../../../scripts/lib/e2e-tools.mjs';
import { startCodeServer } from './code-server';
import { screenshot } from './screenshot';
import { removeFolder, temporaryFolder } from './temporary-folder';
import { Workbench } from './workbench';

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface SessionOptions {
  /** Files of the workspace folder: name to text. */
  files: Record<string, string>;
  /** Whether VS Code asks for trust; the folder is then not trusted. */
  restricted?: boolean;
}

export interface Session {
  workbench: Workbench;
  /** The workspace folder. */
  folder: string;
  /** Errors that the window and its panels wrote to the console. */
  complaints: string[];
  end(): Promise<void>;
}

function writeFiles(files: Record<string, string>): string {
  const folder = temporaryFolder('workspace');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What the window complains of, for whoever has to find out why a test failed, and for tests of the panel's policy. */
function listenTo(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return context.newPage();
}

/** Opens a folder with these files in a fresh VS Code that has the extension. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const folder = writeFiles(options.files);
  const server = await startCodeServer(inject('extensions'), options.restricted ?? false);
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  const page = await newPage(browser);
  const complaints: string[] = [];
  listenTo(page, complaints);
  await page.goto(`${server.url}/?folder=${folder}`);
  const workbench = new Workbench(page);
  await workbench.untilReady();
  return {
    workbench,
    folder,
    complaints,
    async end() {
      await browser.close();
      await server.stop();
      removeFolder(folder);
    },
  };
}

/** Runs a test's steps and keeps a picture of the window at the end, also where a step failed. */
export async function pictured(
  session: Session,
  name: string,
  steps: () => Promise<void>,
): Promise<void> {
  try {
    await steps();
    await screenshot(session.workbench.page, name);
  } catch (error) {
    await screenshot(session.workbench.page, `${name}-failed`);
    console.error(session.complaints.join('\n'));
    throw error;
  }
}

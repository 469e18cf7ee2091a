import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { Dialog } from './dialog';
import { Editor } from './editor';
import { Notifications } from './notifications';
import { Panel } from './panel';
import { RunsView } from './runs-view';

/** The window: palette, files and parts. */
export class Workbench {
  readonly dialog: Dialog;
  readonly editor: Editor;
  readonly notifications: Notifications;
  readonly panel: Panel;
  readonly runsView: RunsView;

  constructor(readonly page: Page) {
    this.dialog = new Dialog(page);
    this.editor = new Editor(page);
    this.notifications = new Notifications(page);
    this.panel = new Panel(page);
    this.runsView = new RunsView(page);
  }

  /** Waits until the window can be used. */
  async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 90_000 });
    await this.page.locator('.explorer-viewlet, .composite.viewlet').first().waitFor();
  }

  /** Opens a file of the folder by name and waits until its text is there. */
  async open(file: string): Promise<void> {
    await this.quickInput('Control+P', file);
    // Not by Enter: until the list is filtered, its first line is the file that was opened last.
    await this.pick(file);
    await this.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await this.editor.untilLoaded();
  }

  /** Runs a command by its whole title in the palette; one that `asks` opens a list of its own. */
  async run(title: string, { asks = false } = {}): Promise<void> {
    // A palette that was opened before the extension is known never offers its commands.
    await expect.poll(() => this.finds(title)).toBe(true);
    await this.page.keyboard.press('Enter');
    if (!asks) await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Whether the palette offers a command. */
  async offers(title: string): Promise<boolean> {
    const offered = await this.finds(title);
    await this.page.keyboard.press('Escape');
    return offered;
  }

  /** Picks an entry of the list that is open. */
  async pick(entry: string | RegExp): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first();
    await row.waitFor();
    await row.click();
  }

  /** Text of the status bar. */
  statusBar(): Promise<string> {
    return this.page.locator('.part.statusbar').innerText();
  }

  /**
   * Reloads the window once the editor has saved that a view of this type is open: in a browser it saves its layout
   * every few seconds and not on leaving the page.
   */
  async reload(viewType: string): Promise<void> {
    const saved = () => this.page.evaluate(isInSavedState, viewType);
    await expect.poll(saved, { timeout: 60_000 }).toBe(true);
    await this.page.reload();
    await this.untilReady();
  }

  /** Opens the palette anew; whether it lists a command first. The palette stays open. */
  private async finds(title: string): Promise<boolean> {
    await this.page.keyboard.press('Escape');
    await this.quickInput('F1', title);
    const first = this.page.locator('.quick-input-list .monaco-list-row').first();
    await first.waitFor();
    return (await first.innerText()).includes(title);
  }

  private async quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    await this.page.keyboard.press(key);
    await input.waitFor();
    await input.fill(key === 'F1' ? `>${text}` : text);
  }
}

/** Runs in the page: whether any of the editor's databases holds a value with this text. */
async function isInSavedState(text: string): Promise<boolean> {
  const answer = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name ?? ''));
    const stores = [...database.objectStoreNames];
    const values = await Promise.all(
      stores.map((store) => answer(database.transaction(store).objectStore(store).getAll())),
    );
    database.close();
    if (values.flat().some((value) => typeof value === 'string' && value.includes(text)))
      return true;
  }
  return false;
}

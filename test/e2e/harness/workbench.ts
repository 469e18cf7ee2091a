import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { Editor } from './editor';
import { Notifications } from './notifications';
import { Panel } from './panel';

/** The window: palette, files and parts. */
export class Workbench {
  readonly editor: Editor;
  readonly notifications: Notifications;
  readonly panel: Panel;

  constructor(readonly page: Page) {
    this.editor = new Editor(page);
    this.notifications = new Notifications(page);
    this.panel = new Panel(page);
  }

  /** Waits until the window can be used. */
  async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 90_000 });
    await this.page.locator('.explorer-viewlet, .composite.viewlet').first().waitFor();
  }

  /** Opens a file of the folder by name and waits until its text is there. */
  async open(file: string): Promise<void> {
    await this.quickInput('Control+P', file);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: file })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
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

  /** Reloads the window, as the command of that name does. */
  async reload(): Promise<void> {
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

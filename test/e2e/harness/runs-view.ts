import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The Runs view in the side bar. */
export class RunsView {
  constructor(private readonly page: Page) {}

  private get side(): Locator {
    return this.page.locator('.part.sidebar');
  }

  get rows(): Locator {
    return this.side.locator('.monaco-list-row');
  }

  /** Brings the view to the front. */
  async open(): Promise<void> {
    await this.page.locator('.activitybar .action-item a[aria-label^="FIP Lab"]').click();
    await this.side.locator('.title-label', { hasText: /FIP Lab/i }).waitFor();
  }

  /** All that it says, line by line. */
  text(): Promise<string> {
    return this.side.innerText();
  }

  /** Picks an entry of a row's menu. */
  async choose(row: string | RegExp, entry: string): Promise<void> {
    await this.rows.filter({ hasText: row }).first().click({ button: 'right' });
    const item = this.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await item.waitFor();
    // A menu that has just opened takes the first click for the end of the one that opened it.
    await expect
      .poll(async () => {
        if (await item.isVisible()) await item.click();
        return item.isVisible();
      })
      .toBe(false);
  }
}

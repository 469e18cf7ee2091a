import type { Locator, Page } from 'playwright-core';

/** The question that stands in the way of everything else. */
export class Dialog {
  constructor(private readonly page: Page) {}

  private get root(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** All that it says, once it is there. */
  async text(): Promise<string> {
    await this.root.waitFor();
    return this.root.innerText();
  }

  /** Answers by the button of this name. */
  async answer(button: string): Promise<void> {
    await this.root.locator('.monaco-button', { hasText: new RegExp(`^${button}$`) }).click();
    await this.root.waitFor({ state: 'hidden' });
  }
}

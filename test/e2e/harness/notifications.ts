import type { Locator, Page } from 'playwright-core';

/** The messages at the window's lower right corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** Notifications that say this. */
  saying(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast .notification-list-item', { hasText: text });
  }
}

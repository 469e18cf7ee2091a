import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The results panel. */
export class Panel {
  constructor(private readonly page: Page) {}

  /** The panel's document. */
  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get body(): Locator {
    return this.frame.locator('body');
  }

  /** Number of plots on the page. */
  async curves(): Promise<number> {
    return this.frame.locator('svg, canvas').count();
  }

  /** All that it says. */
  text(): Promise<string> {
    return this.body.innerText();
  }
}

import type { Locator, Page } from 'playwright-core';

/** Spaces of the editor's lines are no-break spaces in the page. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** The active text editor. */
export class Editor {
  constructor(private readonly page: Page) {}

  private get root(): Locator {
    return this.page
      .locator('.editor-group-container.active .editor-instance .monaco-editor')
      .first();
  }

  /** Squiggles of errors. */
  get errors(): Locator {
    return this.root.locator('.squiggly-error');
  }

  /** Squiggles of warnings. */
  get warnings(): Locator {
    return this.root.locator('.squiggly-warning');
  }

  /** The code lenses above lines. */
  get lenses(): Locator {
    return this.root.locator('.contentWidgets .codelens-decoration a, .codelens-decoration a');
  }

  async untilLoaded(): Promise<void> {
    await this.root.locator('.view-line').first().waitFor();
  }

  /** The language that the status bar names. */
  async language(): Promise<string> {
    return this.page.locator('#status\\.editor\\.mode').innerText();
  }

  /** A line as the user sees it, inlay values included. */
  line(text: string): Locator {
    return this.root.locator('.view-line', { hasText: text.replaceAll(' ', '\u00a0') }).first();
  }

  /** The inlay values, from top to bottom. */
  async inlays(): Promise<string[]> {
    const texts = await this.root.locator('.view-line [class*="dyn-rule"]').allInnerTexts();
    return texts.map((text) => plain(text).trim()).filter((text) => text !== '');
  }

  /** What a line says, inlay values included. */
  async textOfLine(text: string): Promise<string> {
    return plain(await this.line(text).innerText());
  }

  /** Replaces a line (from 1) by a text, typing. */
  async replaceLine(number: number, text: string): Promise<void> {
    await this.goTo(number);
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Escape');
  }

  /** Puts the cursor on a line (from 1) and a column (from 1). */
  async goTo(line: number, column = 1): Promise<void> {
    await this.root.click();
    await this.page.keyboard.press('Control+G');
    await this.page
      .locator('.quick-input-widget input')
      .first()
      .fill(`:${String(line)}:${String(column)}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** What the hover at a place says, asked for by the keyboard. */
  async hover(line: number, column: number): Promise<string> {
    await this.goTo(line, column);
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    await hover.waitFor();
    await this.page.locator('.monaco-hover .hover-contents').first().waitFor();
    return plain(await hover.innerText());
  }

  /** Takes the first quick fix of a place, which must have this title. */
  async quickFix(line: number, column: number, title: string): Promise<void> {
    await this.goTo(line, column);
    await this.page.keyboard.press('Control+.');
    const row = this.page.locator('.action-widget .monaco-list-row.focused', { hasText: title });
    await row.waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The lines on the screen, from top to bottom, inlay values included. */
  async lines(): Promise<string[]> {
    const lines = this.root.locator('.view-lines .view-line');
    const placed = await lines.evaluateAll((found) =>
      found.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => plain(text));
  }

  /** Where the status bar says that the cursor is: `Ln 5, Col 3`. */
  cursor(): Promise<string> {
    return this.page.locator('#status\\.editor\\.selection').innerText();
  }

  /** Types a text on a new line below a line (from 1), asks for completion, and takes the proposal of this name. */
  async complete(line: number, typed: string, proposal: string): Promise<void> {
    await this.goTo(line);
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.type(typed);
    await this.page.keyboard.press('Control+Space');
    await this.suggestion(proposal).click();
    await this.page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  }

  /** A proposal of the list that is open. */
  private suggestion(name: string): Locator {
    const row = this.page.locator('.suggest-widget.visible .monaco-list-row');
    return row.filter({ has: this.page.getByText(name, { exact: true }) }).first();
  }

  /** Renames what stands at a place. */
  async rename(line: number, column: number, name: string): Promise<void> {
    await this.goTo(line, column);
    await this.page.keyboard.press('F2');
    const box = this.page.locator('.rename-box input');
    await box.fill(name);
    await box.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** Messages of the problems view, one a row. */
  async problems(): Promise<string[]> {
    await this.page.keyboard.press('Control+Shift+M');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await this.page.locator('.markers-panel').waitFor();
    const texts = await rows.allInnerTexts();
    await this.page.keyboard.press('Control+Shift+M');
    return texts.map(plain);
  }
}

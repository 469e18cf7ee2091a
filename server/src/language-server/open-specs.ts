/** The specs that the editor has open, parsed and checked once a version. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FilePlaces } from '../spec/check-files';
import { checkSpec } from '../spec/check-spec';
import type { CheckedSpec, Pause } from '../spec/check-spec';
import type { DataInspector } from '../spec/data-inspector';
import { parseSpec } from '../spec/parse';
import type { SpecDocument } from '../spec/spec-document';
import type { Settings } from './settings';
import { pathOfUri } from './spec-uris';
import { pauseUnless, Superseded } from './superseded';

/** Data files may change without a word, so what was found out about them holds for some seconds only. */
const holdsFor = 3000;

interface Held {
  version: number;
  document: SpecDocument;
  checked?: { at: number; generation: number; result: Promise<CheckedSpec> };
}

export class OpenSpecs {
  readonly #held = new Map<string, Held>();
  #generation = 0;

  constructor(
    private readonly documents: { get(uri: string): TextDocument | undefined },
    private readonly inspector: DataInspector,
    private readonly settings: () => Settings,
  ) {}

  /** The parsed text of an open spec; undefined where it is not open. */
  document(uri: string): SpecDocument | undefined {
    return this.#hold(uri)?.document;
  }

  /** An open spec, checked; undefined where it is not open. */
  checked(uri: string): Promise<CheckedSpec> | undefined {
    const held = this.#hold(uri);
    if (!held) return undefined;
    const { checked } = held;
    const isFresh =
      checked && checked.generation === this.#generation && Date.now() - checked.at < holdsFor;
    if (isFresh) return checked.result;
    const result = this.#checkLatest(uri, held);
    held.checked = { at: Date.now(), generation: this.#generation, result };
    return result;
  }

  /** Checks what is held; where it gets a newer version meanwhile, gives up and checks that. */
  async #checkLatest(uri: string, { document, version }: Held): Promise<CheckedSpec> {
    const isOld = () => (this.version(uri) ?? version) !== version;
    try {
      return await this.#check(document, () => pauseUnless(isOld));
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
      return await (this.checked(uri) ?? this.#check(document));
    }
  }

  /** A spec as it stands in the editor, or on the disk where it is not open. Rejects where it cannot be read. */
  async checkedAnywhere(uri: string): Promise<CheckedSpec> {
    const open = this.checked(uri);
    if (open) return open;
    const path = pathOfUri(uri);
    const text = path === undefined ? '' : await readFile(path, 'utf8');
    return this.checkText(uri, text);
  }

  /** A text, checked as if it were that of a spec. */
  checkText(uri: string, text: string): Promise<CheckedSpec> {
    return this.#check(parseSpec(text, uri));
  }

  /** The version of an open spec. */
  version(uri: string): number | undefined {
    return this.documents.get(uri)?.version;
  }

  /** Changes whenever what was found out before may not hold any more. */
  get generation(): number {
    return this.#generation;
  }

  /** Settings changed: what depends on them is found out anew. */
  forgetChecks(): void {
    this.#generation++;
  }

  close(uri: string): void {
    this.#held.delete(uri);
  }

  #hold(uri: string): Held | undefined {
    const text = this.documents.get(uri);
    if (!text) return undefined;
    const held = this.#held.get(uri);
    if (held?.version === text.version) return held;
    const known = held?.document.parts ?? new Map();
    const fresh = { version: text.version, document: parseSpec(text.getText(), uri, known) };
    this.#held.set(uri, fresh);
    return fresh;
  }

  /** Where a spec's files are looked for; undefined for one that was never saved. */
  places(uri: string): FilePlaces | undefined {
    const path = pathOfUri(uri);
    const { dataRoot, workspaceRoots } = this.settings();
    return path === undefined
      ? undefined
      : { specDirectory: dirname(path), dataRoot, workspaceRoots };
  }

  #check(document: SpecDocument, pause?: Pause): Promise<CheckedSpec> {
    return checkSpec(
      document,
      this.inspector,
      this.places(document.uri),
      this.settings().diagnostics,
      pause,
    );
  }
}

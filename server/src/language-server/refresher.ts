/** Tells the editor to ask again while a run changes what hints and lenses show. */
import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { ClientAbilities } from './settings';

/** Each refresh makes the editor ask for all visible files, so it comes twice a second at most. */
const pause = 500;

export class Refresher {
  #timer: NodeJS.Timeout | undefined;
  readonly #uris = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly abilities: () => ClientAbilities,
    private readonly pushDiagnostics: (uri: string) => Promise<void>,
  ) {}

  /** Something about the runs of a spec changed. */
  runChanged(uri: string): void {
    this.#uris.add(uri);
    this.#timer ??= setTimeout(() => this.#refresh(), pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #refresh(): void {
    this.#timer = undefined;
    const uris = [...this.#uris];
    this.#uris.clear();
    const { refreshesInlayHints, refreshesCodeLenses } = this.abilities();
    const requests = [
      ...(refreshesInlayHints ? [this.connection.languages.inlayHint.refresh()] : []),
      ...(refreshesCodeLenses ? [this.connection.sendRequest(CodeLensRefreshRequest.type)] : []),
      ...uris.map((uri) => this.pushDiagnostics(uri)),
    ];
    requests.forEach((request) => {
      request.catch((error: unknown) =>
        this.connection.console.log(`A refresh was refused: ${String(error)}`),
      );
    });
  }
}

/** Wires what can be done with names to the requests of the Language Server Protocol. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Connection, WorkspaceEdit } from 'vscode-languageserver';
import { definition } from '../language/definition';
import { documentHighlights, references } from '../language/references';
import { prepareRename, rename, RenameRefused } from '../language/rename';
import type { RenamePlace } from '../language/rename';
import type { Answering } from './answering';

/** Registers definition, references, highlights and rename. */
export function offerNameFeatures(connection: Connection, answering: Answering): void {
  connection.onDefinition(
    answering('Definition', [], ({ document }, { position }) =>
      definition(document, document.offsetAt(position)),
    ),
  );
  connection.onReferences(
    answering('References', [], ({ document }, { position, context }) =>
      references(document, document.offsetAt(position), context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    answering('Highlights', null, ({ document }, { position }) =>
      documentHighlights(document, document.offsetAt(position)),
    ),
  );
  connection.onPrepareRename(
    answering<RenameParams, Refusable<RenamePlace>>('Rename', null, ({ document }, { position }) =>
      orRefusal(() => prepareRename(document, document.offsetAt(position))),
    ),
  );
  connection.onRenameRequest(
    answering<RenameParams & { newName: string }, Refusable<WorkspaceEdit>>(
      'Rename',
      null,
      ({ document }, { position, newName }) =>
        orRefusal(() => rename(document, document.offsetAt(position), newName)),
    ),
  );
}

interface RenameParams {
  textDocument: { uri: string };
  position: { line: number; character: number };
}

type Refusable<Result> = Result | ResponseError | null;

/** A refusal is an error of the request: editors show its sentence. */
function orRefusal<Result>(work: () => Result): Result | ResponseError {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RenameRefused)) throw error;
    return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
  }
}

/** Answers the client's requests about native backends. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { BackendService } from '../backends-install/backend-service';
import * as messages from '../protocol/messages';
import type { Settings } from './settings';

/** The part of the service that the server uses. */
export type Backends = Pick<BackendService, 'list' | 'examine' | 'install' | 'remove'>;

const untrusted =
  'This workspace is not trusted, so nothing is run or changed from here. Trust it, or open another.';

/** Registers the handlers. Installing and removing run programs: they are refused where the workspace is not trusted. */
export function answerBackendRequests(
  connection: Connection,
  backends: Backends,
  settings: () => Settings,
): void {
  const isTrusted = (): boolean => settings().trusted !== false;
  connection.onRequest(messages.ListBackends, () => backends.list());
  connection.onRequest(messages.ExamineMachine, () => backends.examine());
  connection.onRequest(
    messages.InstallBackend,
    async (
      params: messages.InstallBackendParams,
      token: CancellationToken,
    ): Promise<messages.InstallBackendResult> => {
      if (!isTrusted()) return { outcome: 'failed', reason: untrusted };
      const tell = (doing: string): void =>
        void connection.sendNotification(messages.BackendProgress, { name: params.name, doing });
      return backends.install(params, { tell, signal: signalOf(token) });
    },
  );
  connection.onRequest(
    messages.RemoveBackend,
    (params: messages.RemoveBackendParams): messages.RemoveBackendResult =>
      isTrusted() ? backends.remove(params) : untrusted,
  );
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort(new Error('cancelled')));
  if (token.isCancellationRequested) controller.abort(new Error('cancelled'));
  return controller.signal;
}

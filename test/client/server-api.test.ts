import { expect, test } from 'vitest';
import { ServerApi } from '../../client/src/server-api';
import { RunChanged } from '../../server/src/protocol/messages';
import { summary } from '../webview/synthetic-run';

/** A connection that, as the real one does, keeps one handler a method. */
function connection() {
  const handlers = new Map<string, (params: unknown) => void>();
  const asked: unknown[] = [];
  return {
    asked,
    notify: (method: string, params: unknown) => handlers.get(method)?.(params),
    sendRequest: <Result>(method: string, params: unknown, token?: unknown) => {
      asked.push(token === undefined ? [method, params] : [method, params, token]);
      return Promise.resolve(undefined as Result);
    },
    sendNotification: () => Promise.resolve(),
    onNotification: (method: string, handler: (params: unknown) => void) => {
      handlers.set(method, handler);
      return { dispose: () => handlers.delete(method) };
    },
  };
}

test('every listener hears of a run, until it is taken away', () => {
  const wire = connection();
  const api = new ServerApi(wire);
  const heard: string[] = [];
  const first = api.onRunChanged(({ run }) => heard.push(`first ${run}`));
  api.onRunChanged(({ run }) => heard.push(`second ${run}`));
  wire.notify(RunChanged, summary({ run: 'a' }));
  first.dispose();
  wire.notify(RunChanged, summary({ run: 'b' }));
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});

test('requests carry what the protocol says', async () => {
  const wire = connection();
  const api = new ServerApi(wire);
  await api.list();
  await api.list('file:///a.fip.yaml');
  await api.stop('r', 'kill');
  await api.events('r', 7);
  await api.locate('file:///a.fip.yaml', '/expect/0');
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  await api.installBackend({ name: 'webgpu', cuda: false }, token);
  await api.removeBackend({ name: 'webgpu', folder: '/storage' });
  expect(wire.asked).toEqual([
    ['fip/run/list', {}],
    ['fip/run/list', { uri: 'file:///a.fip.yaml' }],
    ['fip/run/stop', { run: 'r', mode: 'kill' }],
    ['fip/run/events', { run: 'r', from: 7 }],
    ['fip/experiment/locate', { uri: 'file:///a.fip.yaml', pointer: '/expect/0' }],
    ['fip/backends/install', { name: 'webgpu', cuda: false }, token],
    ['fip/backends/remove', { name: 'webgpu', folder: '/storage' }],
  ]);
});

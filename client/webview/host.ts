import type { FromPanel, PanelState, ToPanel } from '../src/results/messages';

/** The panel's way to the editor. */
export interface Host {
  post: (message: FromPanel) => void;
  /** What was kept from before a reload or a time of being hidden. */
  state: () => PanelState | undefined;
  keep: (state: PanelState) => void;
  listen: (handler: (message: ToPanel) => void) => void;
}

/** Takes hold of the editor's interface; can be done only once in the life of the page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi<PanelState>();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    state: () => api.getState(),
    keep: (state) => {
      api.setState(state);
    },
    listen: (handler) => {
      window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => handler(data));
    },
  };
}

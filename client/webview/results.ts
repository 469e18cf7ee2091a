/** The results panel: asks its host for the runs of a spec and draws one of them as it moves. */
import { connectHost } from './host';
import { PanelStore } from './model/panel-store';
import { readTranslations } from './translate';
import { createPanel } from './view/panel';

/** Events come in up to ten batches a second; the page is drawn no more often than that. */
const DRAW_MS = 100;

function main(): void {
  const root = document.getElementById('app');
  if (!root) return;
  readTranslations(document.body.dataset['translations']);
  const host = connectHost();
  const store = new PanelStore(host.post, host.keep, drawSoon, host.state());
  const draw = createPanel(root, store, host.post);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function drawSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      draw();
    }, DRAW_MS);
  }
  host.listen((message) => store.receive(message));
  draw();
  host.post({ type: 'ready' });
}

main();

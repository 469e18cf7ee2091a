import type { PanelAction } from '../../src/results/messages';
import { t } from '../translate';
import { h } from './element';

/** Long enough that a double click does not start two runs. */
const REST_MS = 2000;

export type Act = (action: PanelAction) => void;

/** A button for an action; the first of several is the prominent one. */
export function actionButton(action: PanelAction, primary: boolean, act: Act): HTMLButtonElement {
  const button = h('button', {
    type: 'button',
    class: primary ? 'primary' : 'secondary',
    'data-action': action,
  });
  button.textContent = label(action);
  button.addEventListener('click', () => {
    // aria-disabled keeps the focus where it is, which `disabled` would lose.
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    setTimeout(() => button.removeAttribute('aria-disabled'), REST_MS);
    act(action);
  });
  return button;
}

function label(action: PanelAction): string {
  switch (action) {
    case 'run':
      return t('Run Experiment');
    case 'stop':
      return t('Stop');
    case 'kill':
      return t('Kill');
    case 'resume':
      return t('Resume');
    case 'openSpec':
      return t('Open Spec');
    case 'showLog':
      return t('Show Log');
    case 'manageTrust':
      return t('Manage Workspace Trust');
    case 'retry':
      return t('Try Again');
  }
}

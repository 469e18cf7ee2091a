import { EngineError } from '../engine-error';

/** The oldest Node.js that FIP Lab runs in. */
export const OLDEST_NODE = '20.11';

/** What to do where there is no Node.js that native code runs in. */
export const NODE_REMEDY = `Install Node.js ${OLDEST_NODE} or newer (https://nodejs.org) and start the editor anew, or set fip.nodePath to its path.`;

/** Tells an engine that runs inside an editor why it does: no Node.js was found, or not the right one. */
export const NODE_TROUBLE = 'FIP_NODE_TROUBLE';

/** Whether this process is an editor that plays Node.js: enough for WebAssembly, but native code does not belong there. */
export function inEditorRuntime(): boolean {
  return process.versions['electron'] !== undefined;
}

/**
 * Keeps native code out of an editor: Dawn's buffers are memory of its own, which Electron's JavaScript may not see.
 * @throws EngineError `fip/backend-unavailable`, without a remedy
 */
export function refuseEditorRuntime(): void {
  if (!inEditorRuntime()) return;
  const trouble = process.env[NODE_TROUBLE] ?? 'no other was looked for';
  throw new EngineError(
    'fip/backend-unavailable',
    `it cannot work inside the editor's own Node.js, and ${trouble}`,
    '/backend',
  );
}

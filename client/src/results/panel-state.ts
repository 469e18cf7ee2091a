import type { PanelState } from './messages';

/** The state that a panel left behind; undefined where it is none of ours, as after an update. */
export function readPanelState(state: unknown): PanelState | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const { uri, run, logDistance, compare } = state as Record<string, unknown>;
  if (typeof uri !== 'string' || uri === '') return undefined;
  return {
    uri,
    ...(typeof run === 'string' && { run }),
    ...(typeof logDistance === 'boolean' && { logDistance }),
    ...(isTexts(compare) && { compare }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

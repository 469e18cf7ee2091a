import type { DataFinding } from './data-finding';

/** A warning where `limit` asks for more training samples than there are. */
export function limitFinding(limit: number | undefined, available: number): DataFinding[] {
  if (limit === undefined || limit <= available) return [];
  const message = `\`limit\` is ${limit}, but there are only ${available} training samples; all of them are used.`;
  return [{ pointer: '/limit', code: 'fip/data-limit', message, severity: 'warning' }];
}

/** A link from a hover to the results panel. */
import type { LatestRun } from './latest-run';

/**
 * The link as Markdown. Only VS Code runs commands from a hover, and only those that the extension lets it: see
 * `markdown` in the options of its client.
 * @param uri of the spec
 */
export function resultsLink({ summary }: LatestRun, uri: string): string {
  const values = encodeURIComponent(JSON.stringify([uri, summary.run]));
  return `[Show the results](command:fip.showResults?${values})`;
}

import type { RunEvent } from '../protocol/generated';
import type { RunSummary } from '../protocol/messages';

/** Shows a run that is followed. */
export interface RunPrinter {
  /** The run was started or resumed. */
  begin(summary: RunSummary): void;
  /** New events; number 0 begins the run's story anew. */
  events(events: readonly RunEvent[]): void;
  /** The user asked to stop. */
  stopping(): void;
  /** The run ended, or its engine did. */
  end(summary: RunSummary): void;
}

import type { LegReport, Report, RunEvent } from '../protocol/generated';
import { foldEvents, type LegView } from '../protocol/run-view';
import type { Experiment } from '../spec/experiment';
import type { RunFacts } from './run-facts';

/** The report of a run whose engine could not write one itself, from the events that it left. */
export function failedReport(
  facts: RunFacts,
  experiment: Experiment | undefined,
  events: readonly RunEvent[],
  error: { code: string; reason: string },
): Report {
  const view = foldEvents(events);
  return {
    run: facts.run,
    name: facts.name,
    status: 'failed',
    reason: error.reason,
    code: error.code,
    pointer: '',
    backend: view.backend?.name ?? 'none',
    device: view.backend?.device ?? 'none',
    seed: experiment?.seed ?? view.seed,
    started: view.started || facts.created,
    seconds: computingSeconds(events),
    ...(view.start && { start: view.start }),
    legs: view.legs.flatMap((leg) => legReport(leg, events)),
    baselines: view.baselines.flatMap(({ report }) => report ?? []),
    ...(view.attacks.length > 0 && { attacks: view.attacks }),
    ...(view.spectra.length > 0 && { spectra: view.spectra }),
    expectations: [],
  };
}

/** A leg that was begun and measured at least once. */
function legReport(leg: LegView, events: readonly RunEvent[]): LegReport[] {
  const end = leg.checkpoints.at(-1)?.metrics;
  if (leg.report) return [leg.report];
  if (leg.status === 'waiting' || !end) return [];
  const begin = events.findIndex((event) => event.event === 'leg-started' && event.leg === leg.leg);
  return [
    {
      leg: leg.leg,
      objective: leg.objective,
      status: 'failed',
      steps: leg.step,
      seconds: computingSeconds(events.slice(begin)),
      end,
      ...(leg.projected && { projected: leg.projected }),
    },
  ];
}

/** Time between the events, pauses before a resume left out. */
function computingSeconds(events: readonly RunEvent[]): number {
  let milliseconds = 0;
  events.forEach((event, index) => {
    const last = events[index - 1];
    if (last && event.event !== 'run-resumed')
      milliseconds += Math.max(0, Date.parse(event.time) - Date.parse(last.time));
  });
  return milliseconds / 1000;
}

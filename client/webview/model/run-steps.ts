import type { RunEvent, Step } from '../../../server/src/protocol/generated';

/** Every step of a run, by leg: the run's view keeps only the last one, curves need all. */
export class RunSteps {
  #legs = new Map<string, Step[]>();

  /** The steps of a leg, in order. */
  of(leg: string): readonly Step[] {
    return this.#legs.get(leg) ?? [];
  }

  /** Takes an event of the run, in order. A resumed leg walks some steps again: the later ones count. */
  add(event: RunEvent): void {
    if (event.event === 'run-started') this.#legs = new Map();
    if (event.event !== 'step') return;
    const known = this.#legs.get(event.leg) ?? [];
    while ((known.at(-1)?.step ?? 0) >= event.step) known.pop();
    known.push(event);
    this.#legs.set(event.leg, known);
  }
}

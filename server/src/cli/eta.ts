interface Sample {
  fraction: number;
  milliseconds: number;
}

/** Estimates how long a phase still takes, from how fast it went since it was first seen. */
export class Eta {
  #phase = '';
  #first: Sample | undefined;

  /**
   * @param phase name of what is at work; another name begins a new estimate
   * @param fraction part that is done, 0 to 1
   * @param time of that observation, ISO 8601
   * @returns seconds, or undefined as long as nothing can be said
   */
  observe(phase: string, fraction: number, time: string): number | undefined {
    const sample = { fraction, milliseconds: Date.parse(time) };
    if (phase !== this.#phase || !this.#first) {
      this.#phase = phase;
      this.#first = sample;
      return undefined;
    }
    const done = sample.fraction - this.#first.fraction;
    const spent = sample.milliseconds - this.#first.milliseconds;
    return done > 0 && spent >= 0 ? (spent / 1000 / done) * (1 - sample.fraction) : undefined;
  }
}

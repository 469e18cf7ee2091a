/**
 * Which baselines run beside which legs. Pure and shared: the checks of a spec, the engine and everything that shows
 * baselines must find the same ones.
 */

/** The objective whose legs a baseline stands beside, by the type of the baseline. */
export const BESIDE: Readonly<Record<string, string>> = {
  fine_tune: 'learn',
  experience_replay: 'learn',
  joint: 'learn',
  ewc: 'learn',
  lwf: 'learn',
  lora: 'learn',
  der: 'learn',
  ogd: 'learn',
  magnitude_pruning: 'sparsify',
  lottery_ticket: 'sparsify',
  independent_ensemble: 'diversify',
};

/** A baseline as the spec has it. */
export interface NamedBaseline {
  type: string;
  name?: string;
}

/** A baseline beside one leg. */
export interface BaselinePlace {
  /** What results call it. */
  baseline: string;
  /** Its number in `compare`. */
  item: number;
  /** The number of the leg, as walked. */
  leg: number;
  /**
   * The network that it begins with: the `path`'s at the leg's start, or its `own`, where the leg before fits it, too.
   * An ensemble has no network to go on from.
   */
  begins: 'path' | 'own';
}

/** What results call a baseline. */
export function baselineName({ type, name }: NamedBaseline): string {
  return name ?? type;
}

/**
 * All baselines in the order in which they run: one after the other in the order of the spec, each along the path.
 * @param objectives the types of the objectives of the legs, as walked
 */
export function planBaselines(
  compare: readonly NamedBaseline[],
  objectives: readonly string[],
): BaselinePlace[] {
  return compare.flatMap((baseline, item) => {
    const fits = objectives.map((objective) => objective === BESIDE[baseline.type]);
    return fits.flatMap((fit, leg): BaselinePlace[] => {
      const goesOn = baseline.type !== 'independent_ensemble' && leg > 0 && fits[leg - 1];
      const begins = goesOn ? 'own' : 'path';
      return fit ? [{ baseline: baselineName(baseline), item, leg, begins }] : [];
    });
  });
}

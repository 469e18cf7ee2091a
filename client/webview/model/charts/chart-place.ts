import type { ChartModel, Place } from './chart-model';

/** Values of a row of data; null where nothing was measured. */
export type Row = (string | number | boolean | null)[];

/**
 * The leg and the step in it at a place of the axis. Where one leg ends and the next begins there are two checkpoints:
 * the first belongs to the leg that ends, a repeated one (`again`) to the leg that begins.
 */
export function placeAt({ legs }: Pick<ChartModel, 'legs'>, x: number, again: boolean): Place {
  const reached = again ? legs.find(({ from }) => x === from) : undefined;
  const leg = reached ?? legs.find(({ to }) => x <= to) ?? legs.at(-1);
  return leg ? { leg: leg.name, step: x - leg.from } : { leg: '', step: x };
}

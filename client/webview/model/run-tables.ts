import type { Translate } from '../../../server/src/protocol/run-progress';
import type { RunView } from '../../../server/src/protocol/run-view';
import { attackHeat } from './attack-heat';
import { continualHeat } from './continual-heat';
import { ensembleHeat } from './ensemble-heat';
import type { HeatTable } from './heat-table';
import { layerHeat } from './layer-heat';

/** The tables of a run below its charts; only of what the experiment has. */
export function runTables(view: RunView, t: Translate): HeatTable[] {
  return [
    ...continualHeat(view.report?.continual, t),
    ...ensembleHeat(view.legs, t),
    ...attackHeat(view.attacks, t),
    ...layerHeat(view, t),
  ];
}

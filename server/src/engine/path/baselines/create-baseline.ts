import type { Baseline } from '../../../spec/experiment';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { der } from './der';
import { ewc } from './ewc';
import { experienceReplay } from './experience-replay';
import { fineTune } from './fine-tune';
import { independentEnsemble } from './independent-ensemble';
import { joint } from './joint';
import { lora } from './lora';
import { lotteryTicket } from './lottery-ticket';
import { lwf } from './lwf';
import { magnitudePruning } from './magnitude-pruning';
import { ogd } from './ogd';

/** The baseline of a spec beside a leg. Which legs it fits stands in `protocol/baseline-plan.ts`. */
export function createBaseline(spec: Baseline, setting: BaselineSetting): BaselineMethod {
  switch (spec.type) {
    case 'fine_tune':
      return fineTune(setting);
    case 'experience_replay':
      return experienceReplay(spec, setting);
    case 'joint':
      return joint(setting);
    case 'ewc':
      return ewc(spec, setting);
    case 'lwf':
      return lwf(spec, setting);
    case 'lora':
      return lora(spec, setting);
    case 'der':
      return der(spec, setting);
    case 'ogd':
      return ogd(spec, setting);
    case 'magnitude_pruning':
      return magnitudePruning(setting);
    case 'lottery_ticket':
      return lotteryTicket(spec, setting);
    case 'independent_ensemble':
      return independentEnsemble(spec, setting);
  }
}

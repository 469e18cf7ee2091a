import type { Keep } from '../../spec/experiment';
import { centredLogitsDistance, logitsDistance } from './distances/logits';
import type { OutputDistance } from './distances/output-distance';
import {
  bhattacharyyaDistance,
  fisherDistance,
  klDistance,
  probabilitiesDistance,
} from './distances/probabilities';

/** The output distances by the names that specs give them. */
export const DISTANCES: Readonly<Record<Keep['distance'], OutputDistance>> = {
  logits: logitsDistance,
  centred_logits: centredLogitsDistance,
  probabilities: probabilitiesDistance,
  fisher: fisherDistance,
  bhattacharyya: bhattacharyyaDistance,
  kl: klDistance,
};

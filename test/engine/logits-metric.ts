import type { Backend } from '../../server/src/engine/backends/backend';
import { logitsDistance } from '../../server/src/engine/geometry/distances/logits';
import type { Linearisation } from '../../server/src/engine/geometry/linearisation';
import { outputMetric, type Metric } from '../../server/src/engine/geometry/metric';

/** The metric of the squared logit distance, which has the plainest references. */
export function logitsMetric(backend: Backend, linearisation: Linearisation, uses: number): Metric {
  const embedding = logitsDistance.embed(backend, linearisation.outputs);
  return outputMetric(backend, linearisation, uses, embedding);
}

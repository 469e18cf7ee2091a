/** Without a path there must be something to measure, and it must be known on what. */
import { valueAt } from '../json-pointer';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import { alternatives } from '../words';
import type { Rule, RuleContext } from './rule';

export const noPath: Rule = (context) => {
  const { document } = context;
  // Where more is missing, or the path is something else than a list, that is said first.
  const path = valueAt(document.value, '/path') ?? (document.has('/path') ? null : []);
  if (!Array.isArray(path) || path.length > 0 || !document.has('/start')) return [];
  return [...nothingToDo(context), ...nothingToMeasureOn(context)];
};

function nothingToDo({ document, facts }: RuleContext): SpecDiagnostic[] {
  const { spectrum, attack, pca } = facts.measure;
  if (pca) {
    const message =
      'The principal components are those of a path, and this spec has none. Add a `path`, or remove `pca`.';
    return [specError('fip/no-path', document.rangeOf('/measure/pca'), message)];
  }
  if (spectrum ?? attack) return [];
  const message =
    'This spec has no leg to walk and nothing to measure. Add a `path` with a leg, or `measure: {spectrum: {values: 20}}`.';
  const place = document.has('/path') ? '/path' : '';
  return [specError('fip/no-path', document.rangeOf(place, 'key'), message)];
}

/** Nothing is kept, so the data must have a name: that of the training, where there was one. */
function nothingToMeasureOn({ document, facts }: RuleContext): SpecDiagnostic[] {
  const { spectrum } = facts.measure;
  const isKnown = facts.data.length === 1 || document.has('/start/train');
  if (!spectrum || spectrum['on'] !== undefined || isKnown) return [];
  const names = alternatives(facts.data.map(({ name }) => name));
  const message = `Without a path nothing is kept that the spectrum could be taken on. Add \`on\`${names && ` (${names})`}.`;
  const range = document.rangeOf('/measure/spectrum', 'key');
  return [specError('fip/metric-needs-data', range, message)];
}

/** Only images can be attacked: of other data nothing says how far a value may be changed. Attacks need networks to be made on. */
import { valueAt } from '../json-pointer';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { Rule, RuleContext } from './rule';

const imageFormats = ['glyphs', 'idx', 'cifar'];

export const attack: Rule = (context) => [...ofImages(context), ...fromOthers(context)];

function ofImages({ document, facts }: RuleContext): SpecDiagnostic[] {
  const on = facts.measure.attack?.['on'];
  const format = facts.data.find(({ name }) => name === on)?.value['format'];
  if (typeof format !== 'string' || imageFormats.includes(format)) return [];
  const message = `Only images can be attacked, and data of the format \`${format}\` are none. Name a data set of images, or remove \`attack\`.`;
  const range = document.rangeOf('/measure/attack/on');
  return [specError('fip/attack-needs-images', range, message)];
}

/** Attacks from networks trained independently, asked for by name, where none are trained. */
function fromOthers({ document, facts }: RuleContext): SpecDiagnostic[] {
  const threats = valueAt(document.value, '/measure/attack/threats');
  const place = Array.isArray(threats) ? threats.indexOf('transfer_independent') : -1;
  if (place < 0 || facts.baselines.some(({ type }) => type === 'independent_ensemble')) return [];
  const message =
    'These attacks are made on the networks of an independent ensemble, and `compare` asks for none. Add `compare: [independent_ensemble]`, or remove `transfer_independent`.';
  const range = document.rangeOf(`/measure/attack/threats/${place}`);
  return [specError('fip/attack-needs-source', range, message, { severity: 'warning' })];
}

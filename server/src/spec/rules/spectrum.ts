/** A spectrum has no more eigenvalues than there are outputs on its samples. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import { plural } from '../words';
import type { Rule, RuleContext } from './rule';

export const spectrum: Rule = (context) => [...values(context), ...samples(context)];

function values({ document, facts }: RuleContext): SpecDiagnostic[] {
  const { values: wanted, samples: count } = facts.measure.spectrum ?? {};
  const { classes } = facts;
  if (typeof wanted !== 'number' || typeof count !== 'number' || classes === undefined) return [];
  const most = count * classes;
  if (wanted <= most) return [];
  const message = `${plural(count, 'sample')} of ${plural(classes, 'output')} each give a metric of rank ${most.toLocaleString('en')} at most, but ${wanted.toLocaleString('en')} eigenvalues are asked for. Write ${most} or less, or more \`samples\`.`;
  const pointer = '/measure/spectrum/values';
  const place = document.has(pointer) ? pointer : '/measure/spectrum/samples';
  return [specError('fip/too-many-values', document.rangeOf(place), message)];
}

function samples({ document, facts, known }: RuleContext): SpecDiagnostic[] {
  const pointer = '/measure/spectrum/samples';
  const { samples: wanted, on } = facts.measure.spectrum ?? {};
  const there = typeof on === 'string' ? known.get(on)?.trainCount : undefined;
  if (typeof wanted !== 'number' || there === undefined || wanted <= there) return [];
  if (!document.has(pointer)) return [];
  const message = `The spectrum asks for ${plural(wanted, 'sample')}, but the data has ${there.toLocaleString('en')} for training. All of them are used; write ${there} or less.`;
  return [
    specError('fip/samples-too-large', document.rangeOf(pointer), message, { severity: 'warning' }),
  ];
}

/** A distillation follows a teacher, and a teacher is there for nothing else. */
import { isRecord } from '../schema-node';
import { specError } from '../spec-diagnostic';
import type { Rule } from './rule';

export const fitTeacher: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer, objective }) => {
    if (objective['type'] !== 'fit' || !isRecord(objective['loss'])) return [];
    const distils = objective['loss']['distillation'] !== undefined;
    if (distils === (objective['teacher'] !== undefined)) return [];
    const place = `${pointer}/objective/${distils ? 'loss/distillation' : 'teacher'}`;
    const message = distils
      ? '`distillation` follows the outputs of another network: add `teacher`, a safetensors file with its weights.'
      : '`teacher` is not read, since `loss` has no term `distillation`. Add the term, or remove `teacher`.';
    const severity = distils ? 'error' : 'warning';
    return [specError('fip/fit-teacher', document.rangeOf(place, 'key'), message, { severity })];
  });

/** Checkpoints further apart than the leg is long leave its two ends. */
import { specError } from '../spec-diagnostic';
import { plural } from '../words';
import type { Rule } from './rule';

export const checkpointEvery: Rule = ({ document, facts }) =>
  facts.legs.flatMap(({ pointer, solver, checkpointEvery: every }) => {
    const steps = solver['steps'];
    if (typeof every !== 'number' || typeof steps !== 'number' || every <= steps) return [];
    const message = `Checkpoints ${plural(every, 'step')} apart do not occur in a leg of ${steps.toLocaleString('en')}: only its two ends are measured. Write ${steps} or less.`;
    const range = document.rangeOf(`${pointer}/checkpoint_every`);
    return [specError('fip/checkpoints-too-far', range, message, { severity: 'warning' })];
  });

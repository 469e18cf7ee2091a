import type { RunStatus, RunSummary } from '../../../server/src/protocol/messages';
import { moment } from '../model/format';
import { t } from '../translate';
import { h } from './element';
import { createPart, type Part } from './part';

export interface PickerModel {
  runs: (Pick<RunSummary, 'run' | 'started' | 'status'> & { name: string })[];
  selected: string | undefined;
}

/** The list of the runs of a spec, newest first. */
export function createRunPicker(choose: (run: string) => void): Part<PickerModel> {
  return createPart<PickerModel>(h('div', { class: 'picker' }), ({ runs, selected }) => {
    if (runs.length === 0) return [];
    const select = h('select', { id: 'run' }, ...runs.map(option));
    select.value = selected ?? '';
    select.addEventListener('change', () => choose(select.value));
    return [h('label', { for: 'run' }, t('Run')), select];
  });
}

function option({ run, name, started, status }: PickerModel['runs'][number]) {
  return h('option', { value: run }, `${name} · ${moment(started)} · ${statusWord(status)}`);
}

/** The status of a run in a word. */
export function statusWord(status: RunStatus): string {
  switch (status) {
    case 'starting':
      return t('starting');
    case 'running':
      return t('running');
    case 'stopping':
      return t('stopping');
    case 'completed':
      return t('completed');
    case 'stopped':
      return t('stopped');
    case 'failed':
      return t('failed');
    case 'interrupted':
      return t('interrupted');
  }
}

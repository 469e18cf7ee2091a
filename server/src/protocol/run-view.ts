/**
 * What a run looks like, folded from its events. Pure, so that the command line, the language server and the results
 * panel all show the same.
 */
import type {
  BackendChoice,
  BaselinePlan,
  BaselineReport,
  Checkpoint,
  EndStatus,
  LegPlan,
  LegReport,
  MeasuredAttack,
  MeasuredSpectrum,
  Metrics,
  PathPca,
  Report,
  RunEvent,
  Step,
  Training,
  Warning,
} from './generated';

/** A leg as far as it has been walked. */
export interface LegView extends LegPlan {
  status: 'waiting' | 'running' | EndStatus;
  /** Steps walked so far. */
  step: number;
  /** The leg's first network projected to the target without a path (sparsify only). */
  projected?: Metrics;
  /** The measured checkpoints, by step. */
  checkpoints: Checkpoint[];
  /** The last step walked. */
  lastStep?: Step;
  report?: LegReport;
}

/** A baseline beside a leg, as far as it has run. */
export interface BaselineView extends BaselinePlan {
  status: 'waiting' | 'running' | 'completed' | 'failed';
  /** Steps taken so far. */
  step: number;
  report?: BaselineReport;
}

/** A run as far as its events tell. */
export interface RunView {
  run: string;
  name: string;
  seed: number;
  started: string;
  phase: 'starting' | 'training' | 'walking' | 'ended';
  backend?: BackendChoice;
  parameters: number;
  epochs: number;
  training?: Training;
  start?: Metrics;
  startSeconds?: number;
  legs: LegView[];
  /** What runs beside the path, in order. */
  baselines: BaselineView[];
  /** The metric's spectra measured so far. */
  spectra: MeasuredSpectrum[];
  /** Accuracies under attack measured so far. */
  attacks: MeasuredAttack[];
  /** Where the path lies in weight space, once it was walked. */
  pca?: PathPca;
  warnings: Warning[];
  status?: EndStatus;
  report?: Report;
  /** Number of the next event that belongs here; an event with another number is not folded in. */
  nextSeq: number;
}

/** A run before its first event. */
export function emptyRunView(): RunView {
  return {
    run: '',
    name: '',
    seed: 0,
    started: '',
    phase: 'starting',
    parameters: 0,
    epochs: 0,
    legs: [],
    baselines: [],
    spectra: [],
    attacks: [],
    warnings: [],
    nextSeq: 0,
  };
}

/**
 * The view after one more event; events out of order or seen before change nothing. `run-started` begins the view anew:
 * a run that is resumed from an earlier state tells its events again from there. The given view is not altered.
 */
export function foldEvent(view: RunView, event: RunEvent): RunView {
  if (event.event === 'run-started' && event.seq === 0) {
    return { ...applyEvent(emptyRunView(), event), nextSeq: 1 };
  }
  if (event.seq !== view.nextSeq) return view;
  return { ...applyEvent(view, event), nextSeq: event.seq + 1 };
}

/** The view of a whole list of events. */
export function foldEvents(events: readonly RunEvent[], view = emptyRunView()): RunView {
  return events.reduce(foldEvent, view);
}

function applyEvent(view: RunView, event: RunEvent): RunView {
  switch (event.event) {
    case 'run-started':
      return {
        ...view,
        run: event.run,
        name: event.name,
        seed: event.seed,
        started: event.time,
        backend: event.backend,
        parameters: event.parameters,
        epochs: event.epochs,
        phase: event.epochs > 0 ? 'training' : 'starting',
        legs: event.legs.map((plan) => ({ ...plan, status: 'waiting', step: 0, checkpoints: [] })),
        baselines: (event.baselines ?? []).map((plan) => ({ ...plan, status: 'waiting', step: 0 })),
      };
    case 'run-resumed':
      return resumed(view, event.backend);
    case 'training':
      return { ...view, training: event };
    case 'start-ended':
      return { ...view, phase: 'walking', start: event.metrics, startSeconds: event.seconds };
    case 'leg-started':
      return changeLeg(view, event.leg, (leg) => ({
        ...leg,
        status: 'running',
        ...(event.projected && { projected: event.projected }),
      }));
    case 'step':
      return changeLeg(view, event.leg, (leg) => ({ ...leg, step: event.step, lastStep: event }));
    case 'checkpoint':
      return changeLeg(view, event.leg, (leg) => ({
        ...leg,
        step: event.step,
        checkpoints: [...before(leg.checkpoints, event.step), event],
      }));
    case 'attack':
      return { ...view, attacks: [...view.attacks, event.attack] };
    case 'spectrum':
      return { ...view, spectra: [...view.spectra, event.spectrum] };
    case 'pca':
      return { ...view, pca: event.pca };
    case 'warning':
      return { ...view, warnings: [...view.warnings, event] };
    case 'leg-ended':
      return changeLeg(view, event.report.leg, (leg) => ({
        ...leg,
        status: event.report.status,
        step: event.report.steps,
        report: event.report,
      }));
    case 'baseline-started':
      return changeBaseline(view, event, { status: 'running', step: 0 });
    case 'baseline-progress':
      return changeBaseline(view, event, { step: event.step });
    case 'baseline-ended':
      return changeBaseline(
        view,
        event,
        event.report
          ? { status: 'completed', step: event.report.steps, report: event.report }
          : { status: 'failed' },
      );
    case 'run-ended':
      return { ...view, phase: 'ended', status: event.status, report: event.report };
    default:
      // A newer engine tells of things that this version knows nothing of.
      return view;
  }
}

/** A resumed leg measures some steps again. Most often none, and then the list is not walked: it may be long. */
function before(checkpoints: Checkpoint[], step: number): Checkpoint[] {
  const isNext = (checkpoints.at(-1)?.step ?? -1) < step;
  return isNext ? checkpoints : checkpoints.filter((one) => one.step < step);
}

/** A resumed run has no outcome yet; the leg that was stopped runs again. */
function resumed(view: RunView, backend: BackendChoice): RunView {
  const { status: _status, report: _report, ...rest } = view;
  const phase = view.start ? 'walking' : view.epochs > 0 ? 'training' : 'starting';
  const legs = view.legs.map((leg): LegView => {
    if (leg.status !== 'stopped' && leg.status !== 'failed') return leg;
    const { report: _legReport, ...open } = leg;
    return { ...open, status: 'running' };
  });
  return { ...rest, phase, backend, legs };
}

function changeLeg(view: RunView, name: string, change: (leg: LegView) => LegView): RunView {
  return { ...view, legs: view.legs.map((leg) => (leg.leg === name ? change(leg) : leg)) };
}

function changeBaseline(
  view: RunView,
  { baseline, leg }: { baseline: string; leg: string },
  change: Partial<BaselineView>,
): RunView {
  const isMeant = (other: BaselineView) => other.baseline === baseline && other.leg === leg;
  const baselines = view.baselines.map((other) =>
    isMeant(other) ? { ...other, ...change } : other,
  );
  return { ...view, baselines };
}

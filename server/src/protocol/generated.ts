// Generated from schemas/report.schema.json, schemas/event.schema.json, schemas/diagnostic.schema.json, schemas/doctor.schema.json by scripts/generate-types.mjs. Do not edit: change the schema and run `npm run generate`.
/**
 * How it ended: to the end of the path, stopped by the user, or by an error.
 *
 *
 */
export type EndStatus = 'completed' | 'stopped' | 'failed';
/**
 * One event of a run: a line of `fip run --json` and of events.jsonl in the run's folder. Numbered without gaps from 0.
 *
 *
 */
export type RunEvent =
  | RunStarted
  | RunResumed
  | Training
  | StartEnded
  | LegStarted
  | Step
  | Checkpoint
  | SpectrumEvent
  | AttackEvent
  | Warning
  | LegEnded
  | BaselineStarted
  | BaselineProgress
  | BaselineEnded
  | RunEnded
  | PcaEvent;

/**
 * Measured numbers by name.
 *
 *
 */
export interface NumbersByName {
  /**
   * A measured number; null where it is not finite.
   */
  [k: string]: number | null;
}
/**
 * What is measured at a checkpoint. Accuracy and loss are on the test split. Path quantities count from the first network of the leg, in a diversify leg along the path of one member.
 *
 *
 */
export interface Metrics {
  accuracy: NumbersByName;
  accuracy_within?: NumbersByName;
  loss: NumbersByName;
  output_distance?: NumbersByName;
  /**
   * Share of the weights in weight matrices that are exactly zero, 0 to 1.
   */
  sparsity: number | null;
  sparsity_by_layer?: NumbersByName;
  /**
   * Euclidean distance in weight space to the leg's first network.
   */
  weight_distance?: number | null;
  /**
   * Euclidean distance in weight space to the network before the first leg.
   */
  start_distance?: number | null;
  /**
   * Length of the path walked in this leg: sum of |theta|.
   */
  arc_length?: number | null;
  /**
   * Sum over the steps of theta^T g theta.
   */
  action?: number | null;
  /**
   * Euclidean distance in weight space to the nearest network of the target sparsity (sparsify only).
   */
  distance_to_target?: number | null;
  /**
   * A measured number; null where it is not finite.
   */
  [k: string]: number | null | NumbersByName | undefined;
}
/**
 * The outcome of one leg.
 *
 *
 */
export interface LegReport {
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Type of its objective.
   */
  objective: string;
  status: EndStatus;
  /**
   * Steps walked.
   */
  steps: number;
  /**
   * Seconds of computing.
   */
  seconds: number;
  end: Metrics;
  projected?: Metrics;
  ensemble?: Ensemble;
}
/**
 * Networks that answer together, by the mean of their probabilities.
 *
 *
 */
export interface Ensemble {
  /**
   * The networks, in the order in which they were found.
   */
  members: EnsembleMember[];
  accuracy: NumbersByName;
  /**
   * Share of the test samples of all kept data on which two members predict different classes, 0 to 1; mean over all pairs.
   */
  disagreement: number | null;
  /**
   * Largest cosine, over all pairs of members, between their gradients of the cross-entropy by the input, -1 to 1; mean over 200 test samples of the kept data, drawn by the seed, or all where there are fewer. An attack on one member moves another the less, the smaller it is. Missing where the network reads tokens, by which there is no gradient.
   */
  coherence?: number | null;
  layer_diversity?: NumbersByName;
}
/**
 * One of them.
 */
export interface EnsembleMember {
  accuracy: NumbersByName;
  /**
   * Length of its path in weight space: sum of |theta|. Null where it came by no path, as those of a baseline.
   */
  arc_length: number | null;
  /**
   * Euclidean distance in weight space to the leg's first network.
   */
  weight_distance: number | null;
}
/**
 * The outcome of one baseline.
 *
 *
 */
export interface BaselineReport {
  /**
   * Name of the baseline.
   */
  baseline: string;
  /**
   * The leg it stands beside.
   */
  leg: string;
  /**
   * Steps taken, over all rounds.
   */
  steps: number;
  /**
   * Seconds of computing.
   */
  seconds: number;
  end: Metrics;
  ensemble?: Ensemble;
}
/**
 * Continual learning: how well each task is done after each leg, on the test split.
 *
 *
 */
export interface Continual {
  /**
   * The tasks, in the order in which they are learnt.
   */
  tasks: LearntTask[];
  accuracy: TaskMatrix;
  accuracy_within?: TaskMatrix;
  /**
   * The same for each baseline.
   */
  baselines: ContinualBaseline[];
}
/**
 * A task.
 */
export interface LearntTask {
  /**
   * The data set.
   */
  task: string;
  /**
   * The leg that learns it; `start` for what the first network knows.
   */
  leg: string;
}
/**
 * Accuracies R by moment i and task j, and what they come to at the last moment T.
 *
 *
 */
export interface TaskMatrix {
  /**
   * The moments in order: the start and the end of each leg, as far as the run came.
   */
  rows: TaskRow[];
  /**
   * Mean of R[T][j] over the tasks learnt so far (Lopez-Paz & Ranzato, arXiv 1706.08840).
   */
  average_accuracy: number | null;
  /**
   * Mean of max over i < T of R[i][j], less R[T][j], over the tasks learnt before T (Chaudhry et al., arXiv 1801.10112). Null where there are none.
   */
  forgetting: number | null;
  /**
   * Mean of R[T][j] less the accuracy at the moment when j was learnt, over the tasks learnt before T (Lopez-Paz & Ranzato). Negative where tasks are forgotten.
   */
  backward_transfer: number | null;
  /**
   * Mean of the accuracy just before a task is learnt, less chance, over the tasks learnt in a leg (Lopez-Paz & Ranzato, with chance in place of an untrained network).
   */
  forward_transfer: number | null;
}
/**
 * One moment.
 */
export interface TaskRow {
  /**
   * `start`, or the leg that ended.
   */
  after: string;
  /**
   * Accuracy on each task, in the order of `tasks`, also on those that are still to be learnt.
   *
   * Items: A measured number; null where it is not finite.
   */
  values: (number | null)[];
}
/**
 * A baseline.
 */
export interface ContinualBaseline {
  /**
   * Name of the baseline.
   */
  baseline: string;
  accuracy: TaskMatrix;
  accuracy_within?: TaskMatrix;
}
/**
 * The outcome of one expectation.
 *
 *
 */
export interface ExpectationResult {
  /**
   * JSON pointer of the expectation in the spec, such as `/expect/0`.
   */
  pointer: string;
  /**
   * The measured metric.
   */
  metric: string;
  /**
   * The data it was measured on.
   */
  on?: string;
  /**
   * When it was measured.
   */
  at: string;
  /**
   * The measured value.
   */
  value: number | null;
  /**
   * Whether the expectation holds.
   */
  passed: boolean;
  /**
   * The outcome in words.
   */
  message?: string;
}
/**
 * Eigenvalues of the metric at one network: how many directions in weight space change the outputs, and how much.
 *
 *
 */
export interface MeasuredSpectrum {
  /**
   * The leg that was walked; missing for the network before any leg.
   */
  leg?: string;
  /**
   * Steps walked in the leg; 0 at its start.
   */
  step: number;
  /**
   * The data set whose training inputs defined the metric, or `memory` for the memory of the leg.
   */
  on: string;
  /**
   * The output distance whose metric it is.
   */
  distance: string;
  /**
   * Samples that defined the metric, N.
   */
  samples: number;
  /**
   * Outputs on all samples, N m: the rank that the metric has at most.
   */
  dimension: number;
  /**
   * The largest eigenvalues, falling.
   *
   * Items: A measured number; null where it is not finite.
   */
  values: (number | null)[];
  /**
   * How many of the values are known to a ten-thousandth of themselves, or to a millionth of the largest.
   */
  converged: number;
  /**
   * The sum of all eigenvalues: the mean squared change of the outputs, to first order, where every weight changes at random with deviation 1.
   */
  trace: number | null;
  /**
   * (sum l)^2 / sum l^2 over all eigenvalues l: how many equal ones would do the same.
   */
  effective_rank: number | null;
  /**
   * Standard error of the effective rank; 0 where it is exact, as it is on few samples of small networks.
   */
  effective_rank_error: number | null;
  /**
   * Number of eigenvalues above a thousandth of the largest.
   */
  large: number;
  /**
   * Whether that is the number; where not, there are at least so many.
   */
  large_exact: boolean;
}
/**
 * Accuracy of a network on attacked test images.
 *
 *
 */
export interface MeasuredAttack {
  /**
   * The leg that was walked; missing for the network before any leg.
   */
  leg?: string;
  /**
   * The baseline beside the leg whose ensemble was attacked; missing for networks of the path.
   */
  baseline?: string;
  /**
   * Steps walked in the leg, or taken by the baseline; 0 before any leg.
   */
  step: number;
  /**
   * The data set.
   */
  on: string;
  /**
   * The attack: `fgsm`, `pgd` or `autopgd`.
   */
  kind: string;
  /**
   * What the attacker knows: `white_box`, the very network, or all members of an ensemble; `transfer`, of an ensemble only the network that its leg began with; `transfer_independent`, nothing of the ensemble.
   */
  threat: string;
  /**
   * The baseline whose networks the attack was made on (`transfer_independent` only).
   */
  source?: string;
  /**
   * Largest change of a pixel from 0 to 1.
   */
  epsilon: number;
  /**
   * Images that were attacked.
   */
  samples: number;
  /**
   * Accuracy on the same images as they are, 0 to 1.
   */
  clean: number | null;
  /**
   * Accuracy on the attacked images, 0 to 1.
   */
  accuracy: number | null;
}
/**
 * Where the networks of a run lie in weight space, seen along the directions in which they differ most.
 *
 *
 */
export interface PathPca {
  /**
   * Share of the networks' variance along each of the first three principal components, 0 to 1, falling.
   *
   * Items: A measured number; null where it is not finite.
   */
  explained: (number | null)[];
  /**
   * The networks, in the order in which they came about: the first one, the checkpoints of each leg, and the ends of baselines.
   */
  points: PcaPoint[];
}
/**
 * A network's coordinates along the first three principal components, from the mean of all.
 *
 *
 */
export interface PcaPoint {
  /**
   * Its leg; missing for the network before the first one.
   */
  leg?: string;
  /**
   * The baseline that it is the end of.
   */
  baseline?: string;
  /**
   * Steps walked in the leg.
   */
  step: number;
  /**
   * Along the first component.
   */
  x: number | null;
  /**
   * Along the second.
   */
  y: number | null;
  /**
   * Along the third.
   */
  z: number | null;
}
/**
 * The outcome of one run: report.json in the run's folder, and the `report` of the run-ended event.
 *
 *
 */
export interface Report {
  /**
   * Id of the run: the name of its folder.
   */
  run: string;
  /**
   * Name of the experiment.
   */
  name: string;
  status: EndStatus;
  /**
   * Why the run failed, and what to do.
   */
  reason?: string;
  /**
   * Stable code of the failure, such as `fip/file-missing`.
   */
  code?: string;
  /**
   * JSON pointer of the part of the spec that the failure is about; empty for the whole.
   */
  pointer?: string;
  /**
   * Backend that computed the run.
   */
  backend: string;
  /**
   * Device that computed the run.
   */
  device: string;
  /**
   * Seed of the run.
   */
  seed: number;
  /**
   * When the run began, ISO 8601.
   */
  started: string;
  /**
   * Seconds of computing, pauses between a stop and a resume left out.
   */
  seconds: number;
  start?: Metrics;
  /**
   * The legs that were begun, in order.
   */
  legs: LegReport[];
  /**
   * The baselines that were run for comparison.
   */
  baselines: BaselineReport[];
  continual?: Continual;
  /**
   * The outcome of each expectation that could be judged, in the order of the spec.
   */
  expectations: ExpectationResult[];
  /**
   * The metric's spectrum where `measure.spectrum` asked for it, in order.
   */
  spectra?: MeasuredSpectrum[];
  /**
   * Accuracy under attack where `measure.attack` asked for it, in order.
   */
  attacks?: MeasuredAttack[];
  pca?: PathPca;
}
/**
 * The backend that computes the run, and why.
 *
 *
 */
export interface BackendChoice {
  /**
   * Name of the backend.
   */
  name: string;
  /**
   * Name of the device.
   */
  device: string;
  /**
   * Why it was taken, in a sentence.
   */
  reason: string;
}
/**
 * A leg that is going to be walked.
 *
 *
 */
export interface LegPlan {
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Type of its objective.
   */
  objective: string;
  /**
   * Steps to walk.
   */
  steps: number;
}
/**
 * A baseline that is going to run beside a leg.
 *
 *
 */
export interface BaselinePlan {
  /**
   * Name of the baseline.
   */
  baseline: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Steps to take.
   */
  steps: number;
}
/**
 * The run began. Always the first event.
 *
 *
 */
export interface RunStarted {
  event: 'run-started';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Id of the run.
   */
  run: string;
  /**
   * Name of the experiment.
   */
  name: string;
  /**
   * Seed of the run.
   */
  seed: number;
  backend: BackendChoice;
  /**
   * Number of weights and biases of the network.
   */
  parameters: number;
  /**
   * Epochs of training before the path; 0 where weights are read.
   */
  epochs: number;
  /**
   * The legs to walk.
   */
  legs: LegPlan[];
  /**
   * The baselines to run after the path, in order.
   */
  baselines?: BaselinePlan[];
}
/**
 * The run goes on after a stop or a kill.
 *
 *
 */
export interface RunResumed {
  event: 'run-resumed';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  backend: BackendChoice;
}
/**
 * Progress of training the first network.
 *
 *
 */
export interface Training {
  event: 'training';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Epoch at work, from 1.
   */
  epoch: number;
  /**
   * Epochs in all.
   */
  epochs: number;
  /**
   * Part of the training that is done, 0 to 1.
   */
  fraction: number;
  /**
   * Mean training loss since the last such event.
   */
  loss: number | null;
}
/**
 * The first network stands: trained or read.
 *
 *
 */
export interface StartEnded {
  event: 'start-ended';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Seconds of computing.
   */
  seconds: number;
  metrics: Metrics;
  /**
   * Its weights, relative to the run's folder.
   */
  file?: string;
}
/**
 * A leg begins.
 *
 *
 */
export interface LegStarted {
  event: 'leg-started';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Type of its objective.
   */
  objective: string;
  /**
   * Steps to walk.
   */
  steps: number;
  projected?: Metrics;
}
/**
 * A step was walked.
 *
 *
 */
export interface Step {
  event: 'step';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Steps walked so far in this leg, from 1.
   */
  step: number;
  /**
   * Steps to walk in this leg.
   */
  steps: number;
  /**
   * The member of an ensemble, from 1, whose path it is (diversify only).
   */
  member?: number;
  /**
   * |theta| of this step.
   */
  length: number | null;
  /**
   * Sum of |theta| in this leg.
   */
  arc_length: number | null;
  /**
   * Sum of theta^T g theta in this leg.
   */
  action: number | null;
  /**
   * Value of the objective before the step: training loss (learn), or distance to the nearest network of the sparsity that the step aims at (sparsify); while the end is polished, the mean output distance of the batch, weighted and with the loss where labels are used.
   */
  objective_value?: number | null;
  /**
   * Conjugate-gradient iterations of this step; 0 where it was solved by a factorisation.
   */
  iterations?: number;
  /**
   * Stiffness of this step, relative to the metric's largest eigenvalue.
   */
  stiffness?: number;
  /**
   * Mean distance of outputs after this step from those it is held to, the first network's (or, without correction, those before it), on memory samples that its metric did not use.
   */
  movement?: number | null;
  /**
   * How often this step was halved as it moved the outputs too far.
   */
  halvings?: number;
  /**
   * Residual of the step problem, relative to the first one.
   */
  residual?: number | null;
}
/**
 * The network was measured, and perhaps its weights were written.
 *
 *
 */
export interface Checkpoint {
  event: 'checkpoint';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Steps walked so far in this leg; 0 at its start.
   */
  step: number;
  /**
   * Steps to walk in this leg.
   */
  steps: number;
  /**
   * The member of an ensemble, from 1, whose path it is (diversify only).
   */
  member?: number;
  metrics: Metrics;
  /**
   * Weights, relative to the run's folder.
   */
  file?: string;
}
/**
 * The metric's spectrum was measured, as `measure.spectrum` asks.
 *
 *
 */
export interface SpectrumEvent {
  event: 'spectrum';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  spectrum: MeasuredSpectrum;
}
/**
 * The accuracy under an attack was measured, as `measure.attack` asks.
 *
 *
 */
export interface AttackEvent {
  event: 'attack';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  attack: MeasuredAttack;
}
/**
 * Something the user should know; the run goes on.
 *
 *
 */
export interface Warning {
  event: 'warning';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the leg.
   */
  leg?: string;
  /**
   * Step in the leg.
   */
  step?: number;
  /**
   * Stable code, such as `fip/off-manifold`.
   */
  code: string;
  /**
   * What happened and what to do.
   */
  message: string;
  /**
   * JSON pointer of the part of the spec that it is about.
   */
  pointer: string;
}
/**
 * A leg ended.
 *
 *
 */
export interface LegEnded {
  event: 'leg-ended';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  report: LegReport;
  /**
   * Weights at the end of the leg, relative to the run's folder.
   */
  file?: string;
}
/**
 * A baseline begins beside a leg.
 *
 *
 */
export interface BaselineStarted {
  event: 'baseline-started';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the baseline.
   */
  baseline: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Steps to take.
   */
  steps: number;
}
/**
 * Some steps of a baseline were taken.
 *
 *
 */
export interface BaselineProgress {
  event: 'baseline-progress';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the baseline.
   */
  baseline: string;
  /**
   * Name of the leg.
   */
  leg: string;
  /**
   * Steps taken so far.
   */
  step: number;
  /**
   * Steps to take.
   */
  steps: number;
  /**
   * What it minimises, before the last step.
   */
  loss: number | null;
}
/**
 * A baseline ended beside a leg. One that failed has no report; a warning says why.
 *
 *
 */
export interface BaselineEnded {
  event: 'baseline-ended';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  /**
   * Name of the baseline.
   */
  baseline: string;
  /**
   * Name of the leg.
   */
  leg: string;
  report?: BaselineReport;
  /**
   * Its weights, relative to the run's folder.
   */
  file?: string;
}
/**
 * The run ended. The last event, unless the run is resumed.
 *
 *
 */
export interface RunEnded {
  event: 'run-ended';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  status: EndStatus;
  report: Report;
}
/**
 * The principal components of the path were taken, as `measure.pca` asks.
 *
 *
 */
export interface PcaEvent {
  event: 'pca';
  /**
   * Number of the event in its run, from 0, without gaps.
   */
  seq: number;
  /**
   * When it happened, ISO 8601.
   */
  time: string;
  pca: PathPca;
}
/**
 * A range of the text; the end is exclusive.
 *
 *
 */
export interface Range {
  start: Position;
  end: Position;
}
/**
 * A position in the text.
 *
 *
 */
export interface Position {
  /**
   * Line, from 0.
   */
  line: number;
  /**
   * Character in the line, from 0, in UTF-16 units.
   */
  character: number;
}
/**
 * One finding in a spec: a line of `fip validate --json`. Positions count from 0, characters in UTF-16 units, as in the Language Server Protocol.
 *
 *
 */
export interface FileDiagnostic {
  /**
   * The spec, as named on the command line.
   */
  file: string;
  range: Range;
  /**
   * How grave it is. A spec with an error is not run.
   */
  severity: 'error' | 'warning' | 'information';
  /**
   * Stable code of the rule.
   */
  code: string;
  /**
   * What is wrong and what to do.
   */
  message: string;
}
/**
 * Whether one backend can be used here.
 *
 *
 */
export interface BackendStatus {
  /**
   * Name of the backend.
   */
  name: string;
  /**
   * Whether it can be used.
   */
  available: boolean;
  /**
   * The device it computes on; null where it is not available.
   */
  device: string | null;
  /**
   * Whether the device is a software emulation of a GPU.
   */
  software: boolean;
  /**
   * Why it is available or not, in a sentence.
   */
  reason: string;
  /**
   * What to do to get it; null where it is available.
   */
  remedy: string | null;
}
/**
 * What `fip doctor --json` prints: the backends of this machine and the one that `auto` takes.
 *
 *
 */
export interface DoctorReport {
  /**
   * Version of Node.js that runs the engine.
   */
  node: string;
  /**
   * Name of the backend that `auto` takes.
   */
  chosen: string;
  /**
   * Every backend, whether available or not.
   */
  backends: BackendStatus[];
}

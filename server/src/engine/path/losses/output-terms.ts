import type { FitObjective } from '../../../spec/experiment';
import { logSoftmax, type OutputTerm } from './sample-outputs';

/** -log p of the label: p - 1 there, p elsewhere. */
const crossEntropy: OutputTerm = ({ probabilities, logProbabilities, label }) => ({
  value: -(logProbabilities[label] ?? 0),
  gradient: probabilities.map((p, k) => p - (k === label ? 1 : 0)),
});

/** The cross-entropy of labels that are spread evenly over all classes, (1/K) sum -log p. */
const labelSmoothing: OutputTerm = ({ probabilities, logProbabilities }) => {
  const share = 1 / probabilities.length;
  return {
    value: -share * logProbabilities.reduce((a, b) => a + b, 0),
    gradient: probabilities.map((p) => p - share),
  };
};

/** |p - y|^2 with the label as a vector y (Brier, 1950); through the softmax, 2 (diag(p) - p p^T)(p - y). */
const squaredError: OutputTerm = ({ probabilities, label }) => {
  const excess = probabilities.map((p, k) => p - (k === label ? 1 : 0));
  const mean = excess.reduce((sum, e, k) => sum + e * (probabilities[k] ?? 0), 0);
  return {
    value: excess.reduce((sum, e) => sum + e ** 2, 0),
    gradient: excess.map((e, k) => 2 * (probabilities[k] ?? 0) * (e - mean)),
  };
};

/** max(0, 1 + the largest other output - that of the label) (Crammer and Singer, 2001). */
const hinge: OutputTerm = ({ outputs, label }) => {
  const others = outputs.map((output, k) => (k === label ? -Infinity : output));
  const rival = others.indexOf(others.reduce((a, b) => Math.max(a, b), -Infinity));
  const value = Math.max(0, 1 + (others[rival] ?? 0) - (outputs[label] ?? 0));
  const pull = (k: number) => (k === rival ? 1 : k === label ? -1 : 0);
  return { value, gradient: outputs.map((_, k) => (value > 0 ? pull(k) : 0)) };
};

/** H = -sum p log p; its gradient is -p (log p + H). */
const entropy: OutputTerm = ({ probabilities, logProbabilities }) => {
  const value = -probabilities.reduce((sum, p, k) => sum + p * (logProbabilities[k] ?? 0), 0);
  const gradient = probabilities.map((p, k) => -p * ((logProbabilities[k] ?? 0) + value));
  return { value, gradient };
};

/** T^2 KL(q || p) of softmaxes at temperature T, q the teacher's (Hinton et al., 2015): T (p - q). */
const distillation: OutputTerm = ({ outputs, teacher = outputs, temperature }) => {
  const [p, q] = [logSoftmax(outputs, temperature), logSoftmax(teacher, temperature)];
  const divergence = q.reduce((sum, log, k) => sum + Math.exp(log) * (log - (p[k] ?? 0)), 0);
  return {
    value: temperature ** 2 * divergence,
    gradient: p.map((log, k) => temperature * (Math.exp(log) - Math.exp(q[k] ?? 0))),
  };
};

export type OutputTermName = Exclude<keyof FitObjective['loss'], 'l1' | 'l2'>;

/** The terms of a loss that outputs decide, by the names that specs give them. */
export const OUTPUT_TERMS: Readonly<Record<OutputTermName, OutputTerm>> = {
  cross_entropy: crossEntropy,
  label_smoothing: labelSmoothing,
  squared_error: squaredError,
  hinge,
  entropy,
  distillation,
};

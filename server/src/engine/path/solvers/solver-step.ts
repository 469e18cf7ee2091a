/** A step that was found. */
export interface SolverStep {
  theta: Float32Array;
  /** |theta| */
  length: number;
  /** theta^T g theta: the mean squared output change on the step's memory samples, to first order. */
  outputChange: number;
  /** Value of the objective before the step. */
  objectiveValue: number;
  iterations?: number;
  residual?: number;
  /** Mean distance of outputs after the step from those that it is held to, on samples that its metric did not use. */
  movement?: number;
  /** How often theta was halved because the outputs moved too far. */
  halvings?: number;
  /** lambda relative to the metric's largest eigenvalue. */
  stiffness?: number;
  /** What the user should know of this step; told once in a leg. */
  warning?: { code: string; message: string };
}

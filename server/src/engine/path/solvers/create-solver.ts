import type { Leg } from '../../../spec/experiment';
import type { RunContext } from '../../run-context';
import { polishOf } from '../leg-steps';
import { geodesic } from './geodesic';
import { defaultStiffness } from './geodesic/stiffness';
import { penalty } from './penalty';
import { withPolish } from './polish';
import type { Solver } from './solver';

/** The solver of a leg, and of the polish at its end. */
export function createSolver(leg: Leg, index: number, context: RunContext): Solver {
  const polish = polishOf(leg);
  const solver = solverOfPath(leg, context);
  return polish ? withPolish(solver, polish, leg, index, context) : solver;
}

function solverOfPath({ solver, leg, objective }: Leg, context: RunContext): Solver {
  switch (solver.type) {
    case 'geodesic': {
      const stiffness = solver.stiffness ?? defaultStiffness(objective.type);
      return geodesic({ ...solver, stiffness }, leg, context);
    }
    case 'penalty':
      return penalty(solver, leg, context);
  }
}

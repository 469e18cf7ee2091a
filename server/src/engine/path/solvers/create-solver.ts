import type { Leg } from '../../../spec/experiment';
import type { RunContext } from '../../run-context';
import { geodesic } from './geodesic';
import { penalty } from './penalty';
import type { Solver } from './solver';

/** The solver of a leg. */
export function createSolver({ solver, leg }: Leg, context: RunContext): Solver {
  switch (solver.type) {
    case 'geodesic':
      return geodesic(solver, leg, context);
    case 'penalty':
      return penalty(solver, leg, context);
  }
}

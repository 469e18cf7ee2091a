/** Seeds by which the fake engine process is told what to do. `killAt + n`: it kills itself at its n-th moment. */
export const faults = {
  none: 0,
  abort: 1,
  crash: 2,
  throws: 3,
  slow: 4,
  hang: 5,
  killAt: 100,
} as const;

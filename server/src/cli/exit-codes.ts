/** Exit codes of `fip`, fixed for scripts that build on it. */
export const exitCodes = {
  good: 0,
  expectationFailed: 1,
  badUsage: 2,
  specInvalid: 2,
  runFailed: 3,
  stopped: 130,
} as const;

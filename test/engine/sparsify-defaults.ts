/** What the schema fills in where a spec names nothing but the target. */
export const sparsifyDefaults = {
  scope: 'global',
  rank_by: 'magnitude',
  ramp: 0.7,
  ramp_from: 0.5,
} as const;

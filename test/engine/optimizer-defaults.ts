/** What the schema fills in where a spec names nothing but the optimiser and its rate. */
export const adamDefaults = { betas: [0.9, 0.999], epsilon: 1e-8 };
export const sgdDefaults = { nesterov: false, weight_decay: 0 };
